import type { Paint } from '../../../local/display/paint.ts';

export const unpainted: Paint = (_style, text) => text;
