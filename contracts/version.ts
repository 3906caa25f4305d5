/** Held against package.json by a test; read from there it would have to travel beside every bundle. */
export const VERSION = '0.1.0';

/** What a manifest says of its maker, and the version of the manifest's own shape. */
export const VERSIONS = { counterpoise: VERSION, manifest: 1 } as const;
