import { Transform, type TransformCallback } from 'node:stream';

/** The beginning and the end of a line that is too long. What stands between them is not kept. */
export interface LongLine {
  begins: string;
  ends: string;
}

const keptBytes = 1_024;
const newline = 0x0a;

/** Passes on whole lines. One that has more bytes is left out and told about, and the next line is passed on again. */
export function limitedLines(mostBytes: number, onLongLine: (line: LongLine) => void): Transform {
  let held: Buffer[] = [];
  let size = 0;
  /** The end of the line so far, once the line is too long. */
  let tail: Buffer | undefined;

  function take(part: Buffer): void {
    size += part.length;
    if (tail) tail = Buffer.concat([tail, part]).subarray(-keptBytes);
    else held.push(part);
    if (tail || size <= mostBytes) return;
    const begun = Buffer.concat(held);
    held = [begun.subarray(0, keptBytes)];
    tail = begun.subarray(-keptBytes);
  }

  function endLine(lines: Transform): void {
    const begins = Buffer.concat(held);
    if (tail) onLongLine({ begins: begins.toString('utf8'), ends: tail.toString('utf8') });
    else lines.push(Buffer.concat([begins, Buffer.from([newline])]));
    held = [];
    size = 0;
    tail = undefined;
  }

  return new Transform({
    transform(this: Transform, chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      let start = 0;
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        take(chunk.subarray(start, end));
        endLine(this);
        start = end + 1;
      }
      take(chunk.subarray(start));
      done();
    },
  });
}
