/** Step Functions' own limits of what a failure says, in characters. */
const LONGEST = { error: 256, cause: 32_768 };

/** What Step Functions takes of an error's name and message. */
export function shortenFailure(error: string, cause: string): { error: string; cause: string } {
  return { error: cut(error, LONGEST.error), cause: cut(cause, LONGEST.cause) };
}

/** The cut may go through a surrogate pair. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).toWellFormed();
}
