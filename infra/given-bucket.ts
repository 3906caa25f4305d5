import { Stack, Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/**
 * Found out here what would otherwise never start a run: S3 tells EventBridge of uploads in the bucket's own region alone.
 * Where either region is not known before it is deployed, nothing is found out.
 *
 * @throws Error where the bucket is in another region than the stack
 */
export function checkRegion(scope: Construct, bucket: IBucket): void {
  const [found, needed] = [bucket.env.region, Stack.of(scope).region];
  if (Token.isUnresolved(found) || Token.isUnresolved(needed) || found === needed) return;
  throw new Error(
    `bucket: found ${nameOf(bucket)} in ${found}, needed one in ${needed}, where the stack is; ` +
      'deploy the stack to the region of the bucket, or copy the tables into a bucket beside the stack',
  );
}

/** @throws Error where uploads into the bucket start runs of one of `others` already, so that each table ran twice */
export function checkSoleStarter(scope: Construct, bucket: IBucket, others: readonly Construct[]): void {
  const [other] = others;
  if (!other) return;
  throw new Error(
    `bucket: found ${nameOf(bucket)} in ${other.node.path} too, needed one whose uploads start no other runs than those of ` +
      `${scope.node.path}; set startOnUpload: false in one of the two, or give them a bucket each`,
  );
}

/** Its name, or where it is in the app, if that is not known before it is deployed. */
function nameOf(bucket: IBucket): string {
  return Token.isUnresolved(bucket.bucketName) ? bucket.node.path : bucket.bucketName;
}
