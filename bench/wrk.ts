import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Load, LoadResult, Spread } from './load.ts'
import { requestBody, type Target } from './peers/peer.ts'
import { findProgram } from './processes.ts'

/** wrk costs so little CPU that a proxy on another core is what is measured. Null where it is not installed. */
export function createWrkLoad(folder: string): Load | null {
  const program = findProgram('wrk')
  if (program === null) return null
  return {
    name: 'wrk',
    async run(target, connections, seconds, spread) {
      const script = join(folder, 'request.lua')
      writeFileSync(script, luaScript(target, spread))
      const options = ['-t1', `-c${connections}`, `-d${Math.max(1, Math.round(seconds))}s`, '-s', script]
      const { stdout } = await promisify(execFile)(program, [...options, target.origin + target.path])
      return readSummary(stdout)
    },
  }
}

/** The last line is ours, so that no unit or rounding of wrk's own table has to be guessed. */
function luaScript(target: Target, spread: Spread | undefined): string {
  const headers = Object.entries(target.headers).map(([name, value]) => `["${name}"] = [[${value}]]`)
  return `
wrk.method = "POST"
wrk.body = [[${requestBody}]]
wrk.headers = { ${headers.join(', ')} }
${spread === undefined ? '' : luaSpread(spread)}
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d\\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
`
}

/** The requests are made before the first is sent, so that many cost wrk no more than one. */
function luaSpread({ count, pathOf }: Spread): string {
  const paths = Array.from({ length: count }, (_, index) => `[[${pathOf(index)}]]`)
  return `
local paths = { ${paths.join(', ')} }
local requests = {}
local turn = 0
function init()
  for index, path in ipairs(paths) do requests[index] = wrk.format(nil, path) end
end
function request()
  turn = turn % #requests + 1
  return requests[turn]
end`
}

function readSummary(stdout: string): LoadResult {
  const line = /^RESULT (\d+) (\d+) (\d+) (\d+) (\d+)$/m.exec(stdout)
  if (line === null) throw new Error(`wrk printed no result:\n${stdout}`)
  const [requests = 0, microseconds = 1, p50 = 0, p99 = 0, failures = 0] = line.slice(1).map(Number)
  return {
    requestsPerSecond: (requests - failures) / (microseconds / 1e6),
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    failures,
  }
}
