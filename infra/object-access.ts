import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { PREFIXES } from '../contracts/layout.ts';

/** Which objects of the bucket a function touches: patterns of keys, in which `*` stands for any characters. */
export interface ObjectAccess {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly removes: readonly string[];
  /**
   * To whom may not list a bucket, S3 answers "access denied" where an object is not there. A function that has to tell
   * the two apart may see the names in the bucket; so may one that lists them.
   */
  readonly meetsMissing: boolean;
}

export const NO_ACCESS: ObjectAccess = { reads: [], writes: [], removes: [], meetsMissing: false };

/** The policy of a role that may do this, and nothing else, with the objects of `bucket`. */
export function objectStatements(access: ObjectAccess, bucket: IBucket): PolicyStatement[] {
  const { reads, writes, removes, meetsMissing } = access;
  const objects = (patterns: readonly string[]) => patterns.map((pattern) => bucket.arnForObjects(pattern));
  return [
    { actions: ['s3:GetObject'], resources: objects(reads) },
    // A request may name a version of its upload.
    { actions: ['s3:GetObjectVersion'], resources: objects(reads.filter(isUpload)) },
    { actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: objects(writes) },
    // Artifacts are tagged as they are written, for the lifecycle rule that expires them.
    { actions: ['s3:PutObjectTagging'], resources: objects(writes.filter(isArtifact)) },
    { actions: ['s3:DeleteObject'], resources: objects(removes) },
    { actions: ['s3:ListBucket'], resources: meetsMissing ? [bucket.bucketArn] : [] },
  ]
    .filter(({ resources }) => resources.length > 0)
    .map((statement) => new PolicyStatement(statement));
}

function isUpload(pattern: string): boolean {
  return pattern === `${PREFIXES.incoming}*`;
}

/** As `artifactsOf` of step-access.ts has them: a pattern of outputs names no folder, so one in a folder `runs/` has no tag. */
function isArtifact(pattern: string): boolean {
  return pattern.includes('runs/');
}
