import { VERSIONS } from '../contracts/version.ts';

/** What a manifest says of its maker: the package, the shape of the manifest, and the Node that it ran on. */
export function versions() {
  return { ...VERSIONS, node: process.versions.node };
}
