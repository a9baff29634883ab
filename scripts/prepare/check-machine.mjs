import { readFileSync, statfsSync } from 'node:fs'
import { inProject } from './project-root.mjs'
import { StepFailure } from './run-step.mjs'

const neededMegabytes = { firstTime: 2500, later: 300 }

/** @param {string} [running] */
export function checkNodeVersion(running = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  const wanted = engines.node.replace('>=', '')
  if (compareVersions(running, wanted) >= 0) return
  throw new StepFailure(
    `Node ${running} is too old: Switchyard needs ${wanted} or newer. See https://nodejs.org.`,
  )
}

/** @param {{ firstTime: boolean, freeMegabytes?: number }} options */
export function checkFreeDisk({ firstTime, freeMegabytes = measureFreeMegabytes() }) {
  const needed = firstTime ? neededMegabytes.firstTime : neededMegabytes.later
  if (freeMegabytes >= needed) return
  throw new StepFailure(
    `The disk of ${inProject()} has ${Math.floor(freeMegabytes)} MB left; this needs about ${needed} MB. Free some space and run it again.`,
  )
}

function measureFreeMegabytes() {
  const { bavail, bsize } = statfsSync(inProject())
  return (bavail * bsize) / 1024 ** 2
}

/** @param {string} left @param {string} right */
function compareVersions(left, right) {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number))
  for (let place = 0; place < 3; place++) {
    const difference = (a?.[place] ?? 0) - (b?.[place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
