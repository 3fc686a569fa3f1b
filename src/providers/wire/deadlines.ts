/**
 * However slowly an answer comes, however often it is asked for, and whether or not a token is needed first, it is
 * given up after this time. Clients give up after a minute.
 */
export const answerMilliseconds = 45_000;

/** A token has to be there after this time. What is left is for the request that needs it. */
export const tokenMilliseconds = 30_000;
