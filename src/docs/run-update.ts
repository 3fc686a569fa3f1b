import { update } from './update.js';

await update();
