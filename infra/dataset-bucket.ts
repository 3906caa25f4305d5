import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Parts of uploads that nobody finished: longer than any upload of ours takes. */
const ABANDONED_UPLOAD = Duration.days(7);
/** How long what was overwritten or removed can still be brought back. */
const OLD_VERSIONS = Duration.days(30);
const ACCESS_LOGS = Duration.days(90);

/**
 * The bucket of tables: uploads, outputs, and what the steps of each run wrote. Encrypted, private, over TLS only, every
 * version kept for a while, and it stays when the stack goes.
 *
 * What steps write lies in `<output>/runs/`, and a lifecycle rule selects keys by how they begin, not by what is in their
 * middle: nothing here expires it.
 */
export class DatasetBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const guarded = {
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    // CDK declares its optional members more loosely in Bucket than in IBucket: hence the two casts.
    const accessLogs = new Bucket(this, 'AccessLogs', {
      ...guarded,
      lifecycleRules: [{ id: 'ExpireAccessLogs', expiration: ACCESS_LOGS }],
    }) as IBucket;
    this.bucket = new Bucket(this, 'Bucket', {
      ...guarded,
      versioned: true,
      serverAccessLogsBucket: accessLogs,
      lifecycleRules: [
        { id: 'AbortAbandonedUploads', abortIncompleteMultipartUploadAfter: ABANDONED_UPLOAD },
        {
          id: 'ExpireOldVersions',
          noncurrentVersionExpiration: OLD_VERSIONS,
          expiredObjectDeleteMarker: true,
        },
      ],
    }) as IBucket;
  }
}
