import path from 'node:path'

/** The folder of package.json, wherever the script was started from. */
export const projectRoot = path.resolve(import.meta.dirname, '../..')

/** @param {...string} parts */
export const inProject = (...parts) => path.join(projectRoot, ...parts)
