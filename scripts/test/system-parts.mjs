import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { runCommand, runStep } from '../prepare/run-step.mjs'
import { findPostgresPrograms } from './postgres-cluster.mjs'

/** What tests use and npm cannot bring. */
export const systemParts = [
  {
    name: 'PostgreSQL',
    debian: 'postgresql',
    isThere: () => findPostgresPrograms() !== null,
    without: 'tests on PostgreSQL are skipped',
    elsewhere: 'brew install postgresql, or put initdb and postgres on the PATH',
  },
  {
    name: 'nginx',
    debian: 'nginx-light',
    isThere: () => isOnPath('nginx'),
    without: 'the benchmark runs without nginx',
    elsewhere: 'brew install nginx',
  },
  {
    name: 'Chromium',
    debian: 'chromium',
    isThere: () => findChromium() !== null,
    without: 'browser journeys are skipped',
    elsewhere: 'install Chromium, or set CHROMIUM_PATH to a Chrome',
  },
  {
    name: 'Chinese fonts',
    debian: 'fonts-noto-cjk',
    isThere: hasChineseFont,
    without: 'screenshots show boxes in place of Chinese',
    elsewhere: 'install Noto Sans CJK',
  },
]

/** Installs what is missing where the package manager lets us; says by name what stays missing and how to get it. */
export async function provideSystemParts() {
  let missing = systemParts.filter((part) => !part.isThere())
  if (missing.length > 0 && process.getuid?.() === 0 && isOnPath('apt-get')) {
    await installWithApt(missing)
    missing = missing.filter((part) => !part.isThere())
  }
  for (const { name, debian, without, elsewhere } of missing) {
    console.log(
      `  – ${name} is missing: ${without}. Debian: apt-get install ${debian}. Elsewhere: ${elsewhere}.`,
    )
  }
}

/** @param {{ debian: string }[]} missing */
async function installWithApt(missing) {
  const names = missing.map(({ debian }) => debian)
  await runStep(`Install ${names.join(', ')}`, async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await runCommand('apt-get', ['update', '-qq'], { env })
    await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env })
  }).catch((error) => console.log(error instanceof Error ? error.message : error))
}

export function findChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given) return existsSync(given) ? given : null
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const onPath = names.map(findOnPath).find((place) => place !== null)
  const apps = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
  return onPath ?? apps.find((place) => existsSync(place)) ?? null
}

/** @param {string} name */
function isOnPath(name) {
  return findOnPath(name) !== null
}

/** @param {string} name */
function findOnPath(name) {
  const places = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin']
  return places.map((place) => path.join(place, name)).find((file) => existsSync(file)) ?? null
}

function hasChineseFont() {
  if (process.platform === 'darwin') return true
  try {
    return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim() !== ''
  } catch {
    return false
  }
}
