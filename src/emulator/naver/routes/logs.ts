import * as z from 'zod';
import { clockDigits, hour } from '../../core/dates.js';
import type { Server } from '../entities.js';
import { number } from '../fields.js';
import { notFound } from '../replies.js';
import { hasWholePaging, paging, parameters, type Routes, wantedPage, wholePaging } from '../requests.js';
import { type Naver, refuseUnlessRunning, serverOf } from '../store.js';
import { shownTime } from '../views/time.js';
import { refuseUnknownBucket } from './backups.js';

export function logRoutes({ world, store }: Naver): Routes {
  return {
    getDbServerLogList: (call) => {
      const wanted = call.read(listing);
      const { server } = serverOf(store, wanted.cloudPostgresqlServerInstanceNo);
      const rows = logFilesOf(server, world.now());
      return { totalRows: rows.length, cloudPostgresqlDbServerLogList: wantedPage(rows, wanted) };
    },

    exportDbServerLogToObjectStorage: (call) => {
      const { cloudPostgresqlServerInstanceNo, fileName, bucketName } = call.read(exportation);
      const { instance, server } = serverOf(store, cloudPostgresqlServerInstanceNo);
      refuseUnlessRunning(instance);
      refuseUnknownBucket(bucketName);
      if (!logFilesOf(server, world.now()).some((file) => file.fileName === fileName))
        throw notFound('Log file', `${fileName} of server ${server.name}`);
      return {};
    },
  };
}

const logType = z.literal('POSTGRESQL_LOG');

const listing = parameters({ ...paging, logType, cloudPostgresqlServerInstanceNo: number }).refine(
  hasWholePaging,
  wholePaging,
);

const exportation = parameters({
  logType,
  cloudPostgresqlServerInstanceNo: number,
  fileName: z.string(),
  bucketName: z.string(),
});

const keptHours = 24;

/** There is one file for each hour, named after the hour and overwritten a day later. The newest comes first. */
function logFilesOf({ id, createdAt }: Server, now: number) {
  const thisHour = Math.floor(now / hour) * hour;
  return Array.from({ length: keptHours }, (_, age) => thisHour - age * hour)
    .filter((start) => start + hour > createdAt)
    .map((start) => {
      const lastWritten = Math.min(start + hour, now);
      const bytesPerHour = 20_000 + ((Number(id) * 7919 + start / hour) % 97) * 1024;
      return {
        fileName: `postgresql_${clockDigits(start, 'korea').slice(8, 10)}0000.log`,
        fileSize: Math.round((bytesPerHour * (lastWritten - start)) / hour),
        fileDate: shownTime(lastWritten),
      };
    });
}
