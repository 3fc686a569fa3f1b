/** The text of a file without the byte order mark that some editors put before it. */
export const withoutByteOrderMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** The value that a file holds. Editors end a file with a line break that does not belong to the value. */
export const valueOfFile = (text: string): string => withoutByteOrderMark(text).replace(/\r?\n$/, '');
