import { fileURLToPath } from 'node:url';

/** Path of the bundled sample. This module lies as deep as the bundle does, so that it is found from both. */
export const SAMPLE = fileURLToPath(new URL('../samples/card-transactions.csv', import.meta.url));
