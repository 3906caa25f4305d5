import { CHART_STYLE } from './style/charts.ts';
import { LAYOUT_STYLE } from './style/layout.ts';
import { PRINT_STYLE } from './style/print.ts';
import { TABLE_STYLE } from './style/tables.ts';
import { THEME_STYLE } from './style/theme.ts';

/** The style of the page, in the order in which it applies. */
export const PAGE_STYLE = [THEME_STYLE, LAYOUT_STYLE, TABLE_STYLE, CHART_STYLE, PRINT_STYLE].join('');
