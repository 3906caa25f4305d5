import { BEGIN, END } from './markdown.ts';

/** The page where there is none yet; afterwards only what is between its marks is written again. */
export const NEW_PAGE = `# The source's experiments

${BEGIN}
${END}
`;
