import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { DOCKERFILE, writeBundle } from './step-bundle.ts';

/** The bundle of functions/container/, which has every step. */
const CONTAINER = 'Container';

/**
 * The image that all steps in containers share. What goes into it is made when the app is synthesized, without Docker; the
 * image itself is built and pushed by `cdk deploy`, which needs Docker.
 */
export function containerImage(scope: Construct, id: string, architecture: Architecture): ContainerImage {
  const isArm = architecture === Architecture.ARM_64;
  const folder = mkdtempSync(join(tmpdir(), 'counterpoise-image-'));
  try {
    copyFileSync(DOCKERFILE, join(folder, 'Dockerfile'));
    if (Stack.of(scope).bundlingRequired) writeBundle(CONTAINER, folder, isArm ? 'arm64' : 'x64');
    // The folder is copied into the cloud assembly here and now.
    const asset = new DockerImageAsset(scope, id, {
      directory: folder,
      platform: isArm ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
    });
    return ContainerImage.fromDockerImageAsset(asset);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
