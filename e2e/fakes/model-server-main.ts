import { parseArgs } from 'node:util'
import { createModelServer } from './model-server.ts'

/** A sample model server as a program. Prints one line and tells its parent process when it is ready. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    pace: { type: 'string', default: '20' },
    models: { type: 'string' },
  },
})

const server = await createModelServer({
  port: Number(values.port),
  host: values.host,
  paceMs: Number(values.pace),
  ...(values.models === undefined ? {} : { models: values.models.split(',') }),
})
console.log(`Sample model server on ${server.url}`)
process.send?.({ type: 'ready', port: server.port })

const stop = () => {
  void server.close().then(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
// A parent that dies without a word must not leave its servers behind.
process.once('disconnect', stop)
