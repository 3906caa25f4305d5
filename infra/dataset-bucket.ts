import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { RUN_ARTIFACT_TAG } from '../contracts/layout.ts';

export interface DatasetBucketProps {
  /** @default S3's own keys */
  readonly key?: IKey;

  /**
   * How long what steps wrote for each other is kept.
   *
   * @default Duration.days(30)
   */
  readonly artifactRetention?: Duration;

  /**
   * `DESTROY` also takes the data away, but only where the app has the context `@counterpoise/deleteData: true` too.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** To lose data takes two: this context, and the prop. */
export const DELETE_DATA_CONTEXT = '@counterpoise/deleteData';

/** Parts of uploads that nobody finished: longer than any upload of ours takes. */
const ABANDONED_UPLOAD = Duration.days(7);
/** How long what was overwritten or removed can still be brought back. */
const OLD_VERSIONS = Duration.days(30);
const ACCESS_LOGS = Duration.days(90);
const ARTIFACTS = Duration.days(30);

/**
 * The bucket of tables: uploads, outputs, and what the steps of each run wrote. Encrypted, private, over TLS only, every
 * version kept for a while, and it stays when the stack goes.
 *
 * What steps write lies in `<output>/runs/`, and a lifecycle rule selects keys by how they begin, not by what is in their
 * middle: so these objects carry a tag, by which they expire.
 */
export class DatasetBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: DatasetBucketProps = {}) {
    super(scope, id);
    // Whatever flags the app has: S3 delivers its logs by a bucket's policy, for the bucket has no access control lists.
    this.node.setContext(S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY, true);
    const removal = this.#removal(props.removalPolicy);
    const guarded = {
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...removal,
    };
    // CDK declares its optional members more loosely in Bucket than in IBucket: hence the two casts.
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...guarded,
      // S3 delivers its access logs to no bucket with a key of one's own.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: 'ExpireAccessLogs', expiration: ACCESS_LOGS }],
    }) as IBucket;
    this.bucket = new Bucket(this, 'Bucket', {
      ...guarded,
      ...(props.key
        ? { encryption: BucketEncryption.KMS, encryptionKey: props.key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      lifecycleRules: [
        { id: 'AbortAbandonedUploads', abortIncompleteMultipartUploadAfter: ABANDONED_UPLOAD },
        { id: 'ExpireOldVersions', noncurrentVersionExpiration: OLD_VERSIONS, expiredObjectDeleteMarker: true },
        {
          id: 'ExpireRunArtifacts',
          tagFilters: { [RUN_ARTIFACT_TAG.key]: RUN_ARTIFACT_TAG.value },
          expiration: props.artifactRetention ?? ARTIFACTS,
        },
      ],
    }) as IBucket;
  }

  #removal(asked = RemovalPolicy.RETAIN) {
    if (asked !== RemovalPolicy.DESTROY) return { removalPolicy: asked };
    if (
      this.node.tryGetContext(DELETE_DATA_CONTEXT) === true ||
      this.node.tryGetContext(DELETE_DATA_CONTEXT) === 'true'
    ) {
      return { removalPolicy: asked, autoDeleteObjects: true };
    }
    Annotations.of(this).addWarningV2(
      'counterpoise:dataIsKept',
      `removalPolicy DESTROY is not heeded without the context ${DELETE_DATA_CONTEXT}: true; the bucket stays`,
    );
    return { removalPolicy: RemovalPolicy.RETAIN };
  }
}

/**
 * Has a bucket of this app send its events to EventBridge, by a property of the bucket itself: CDK's own way is a function
 * that does so when the stack is deployed. A bucket that has notifications already has that function, and is left to it.
 */
export function sendEvents(bucket: IBucket): void {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) return;
  if (bucket.node.tryFindChild('Notifications')) bucket.enableEventBridgeNotification();
  else resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}
