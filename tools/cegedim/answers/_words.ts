import * as z from 'zod';

export const actionStatus = z.enum(['SUCCESS', 'IN_PROGRESS', 'ERROR']);
