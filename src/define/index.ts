export * from './condition.js';
export * from './confirm-mode.js';
export * from './fields.js';
export * from './look.js';
export * from './presentation.js';
export * from './risk.js';
export * from './schema.js';
export * from './tool.js';
