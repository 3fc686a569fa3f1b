import { type FileHandle, open } from 'node:fs/promises';

const firstLength = 16_384;

/** Returns the newest lines first. Reads backwards from the end, because the file may be large. None without a file. */
export const lastLines = (file: string, count: number): Promise<string[]> =>
  reading(file, async (handle, size) => {
    for (let length = firstLength; ; length *= 4) {
      const start = Math.max(0, size - length);
      const lines = (await textAt(handle, start, size - start)).trimEnd().split('\n');
      // The first line of this part is only whole at the beginning of the file.
      if (start > 0 && lines.length <= count) continue;
      return lines
        .slice(start > 0 ? 1 : 0)
        .flatMap((line) => line || [])
        .toReversed()
        .slice(0, count);
    }
  });

export const firstLine = async (file: string): Promise<string | undefined> => {
  const [line] = await reading(file, async (handle, size) => {
    for (let length = firstLength; ; length *= 4) {
      const text = await textAt(handle, 0, Math.min(length, size));
      const end = text.indexOf('\n');
      if (end >= 0 || length >= size) return [end < 0 ? text : text.slice(0, end)];
    }
  });
  return line;
};

async function reading(file: string, read: (handle: FileHandle, size: number) => Promise<string[]>): Promise<string[]> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return [];
  try {
    return await read(handle, (await handle.stat()).size);
  } finally {
    await handle.close();
  }
}

async function textAt(handle: FileHandle, start: number, length: number): Promise<string> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
  return buffer.toString('utf8', 0, bytesRead);
}
