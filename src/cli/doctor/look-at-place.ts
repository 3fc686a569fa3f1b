import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What a path of this machine is for this process. */
interface Place {
  exists: boolean;
  /** It can be used as what is wanted. What does not exist yet can be made where the nearest above can be written. */
  isWritable: boolean;
  /** Other users can read it. Where a system knows no such rights, it tells nothing. */
  isOpen: boolean;
}

export async function lookAtPlace(path: string, wanted: 'file' | 'folder'): Promise<Place> {
  const found = await stat(path).catch(() => undefined);
  const nearest = found ? path : await nearestAbove(path);
  const isFolder = (await stat(nearest).catch(() => undefined))?.isDirectory() === true;
  const isOfForm = isFolder === (found === undefined || wanted === 'folder');
  const mayWrite = await access(nearest, constants.W_OK).then(
    () => true,
    () => false,
  );
  return {
    exists: found !== undefined,
    isWritable: isOfForm && mayWrite,
    isOpen: process.platform !== 'win32' && ((found?.mode ?? 0) & 0o077) !== 0,
  };
}

async function nearestAbove(path: string): Promise<string> {
  const above = dirname(path);
  const isThere = above === path || (await stat(above).catch(() => undefined)) !== undefined;
  return isThere ? above : nearestAbove(above);
}
