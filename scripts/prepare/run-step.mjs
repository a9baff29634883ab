import { spawn } from 'node:child_process'
import { projectRoot } from './project-root.mjs'

/** Says what is done and, once it is done, how long it took: nobody watches a silent terminal for a minute.
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>} */
export async function runStep(title, work) {
  const begun = performance.now()
  const live = process.stdout.isTTY === true
  if (live) process.stdout.write(`  … ${title}`)
  try {
    const result = await work()
    print(live, `  ✓ ${title} (${seconds(begun)})`)
    return result
  } catch (error) {
    print(live, `  ✗ ${title} (${seconds(begun)})`)
    throw error
  }
}

/** A failure whose text is all that the reader needs; no stack is printed. */
export class StepFailure extends Error {
  name = 'StepFailure'
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM'])

/** Only while something runs: at other times a signal ends this process by itself.
 * @param {NodeJS.Signals} signal */
function endWithChildren(signal) {
  for (const child of running) child.kill(signal)
  process.exit(signal === 'SIGINT' ? 130 : 143)
}

/** Runs a program quietly; what it printed is shown only if it fails.
 * @param {string} command
 * @param {string[]} given
 * @param {{ env?: Record<string, string>, cwd?: string }} [options] */
export async function runCommand(command, given, { env = {}, cwd = projectRoot } = {}) {
  const child = spawn(command, given, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = (output + text).slice(-60_000)
    })
  }
  const { code, reason } = await untilClosed(child)
  if (code === 0) return output
  const shown = [command.split('/').at(-1), ...given].join(' ')
  throw new StepFailure(`${output.trim()}\n\n${shown}: ${reason}`.trim())
}

/** Runs a program that speaks for itself, and resolves with its exit code.
 * @param {string} command
 * @param {string[]} given
 * @param {{ env?: Record<string, string> }} [options] */
export async function runProgram(command, given, { env = {} } = {}) {
  const child = spawn(command, given, {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return (await untilClosed(child)).code
}

/** @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number, reason: string }>} */
async function untilClosed(child) {
  if (running.size === 0) for (const signal of signals) process.on(signal, endWithChildren)
  running.add(child)
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: -1, reason: error.message }))
      child.once('close', (code, signal) =>
        resolve({ code: code ?? -1, reason: signal ?? `exit code ${code}` }),
      )
    })
  } finally {
    running.delete(child)
    if (running.size === 0) for (const signal of signals) process.off(signal, endWithChildren)
  }
}

/** @param {boolean} live @param {string} line */
function print(live, line) {
  process.stdout.write(live ? `\r\u001b[K${line}\n` : `${line}\n`)
}

/** @param {number} begun */
function seconds(begun) {
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`
}
