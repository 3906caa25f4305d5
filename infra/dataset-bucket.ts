import { Annotations, Aspects, Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
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
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...guarded,
      // S3 delivers its access logs to no bucket with a key of one's own.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: 'ExpireAccessLogs', expiration: ACCESS_LOGS }],
    });
    const datasets = new Bucket(this, 'Bucket', {
      ...guarded,
      ...(props.key
        ? { encryption: BucketEncryption.KMS, encryptionKey: props.key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      versioned: true,
      // CDK declares its optional members more loosely in Bucket than in IBucket: hence the two casts.
      serverAccessLogsBucket: accessLogs as IBucket,
      lifecycleRules: [
        { id: 'AbortAbandonedUploads', abortIncompleteMultipartUploadAfter: ABANDONED_UPLOAD },
        { id: 'ExpireOldVersions', noncurrentVersionExpiration: OLD_VERSIONS, expiredObjectDeleteMarker: true },
        {
          id: 'ExpireRunArtifacts',
          tagFilters: { [RUN_ARTIFACT_TAG.key]: RUN_ARTIFACT_TAG.value },
          expiration: props.artifactRetention ?? ARTIFACTS,
        },
      ],
    });
    // A bucket that stays keeps refusing what does not come over TLS, and taking logs.
    for (const each of [accessLogs, datasets]) each.policy?.applyRemovalPolicy(removal.removalPolicy);
    this.bucket = datasets as IBucket;
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
 * Has a bucket of this app send its events to EventBridge, by a property of the bucket itself. CDK's own way is a function
 * that does so when the stack is deployed, and that replaces whatever the bucket says: so a bucket that has it, because
 * the app asks for other notifications too, before or after this, is left to it.
 */
export function sendEvents(bucket: IBucket): void {
  const resource = bucket.node.defaultChild;
  if (!(resource instanceof CfnBucket)) return;
  const hasNotifications = () => bucket.node.tryFindChild(CDK_NOTIFICATIONS) !== undefined;
  // Only when all is there is it known whether the bucket has notifications.
  Aspects.of(bucket).add({
    visit: (node) => {
      if (node === bucket && hasNotifications()) bucket.enableEventBridgeNotification();
    },
  });
  const theirs = resource.notificationConfiguration;
  resource.notificationConfiguration = Lazy.uncachedAny({
    produce: (context) =>
      hasNotifications()
        ? theirs
        : { ...context.resolve(theirs), eventBridgeConfiguration: { eventBridgeEnabled: true } },
  });
}

/** Where CDK keeps the notifications of a bucket, among its children. */
const CDK_NOTIFICATIONS = 'Notifications';
