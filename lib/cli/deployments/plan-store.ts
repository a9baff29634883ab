import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { type DeploymentPlan, deploymentFormatVersion, deploymentPlan } from '@/lib/snapshot/deployment.ts'

const fileName = 'deployment-plan.json'

export type ReadPlan =
  | { readonly plan: DeploymentPlan }
  /** One sentence: why it is refused. */
  | { readonly refused: string }

export function readPlan(text: string): ReadPlan {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { refused: 'The deployment plan is not JSON.' }
  }
  const format =
    typeof value === 'object' && value !== null && 'formatVersion' in value && value.formatVersion
  if (typeof format === 'number' && format !== deploymentFormatVersion) {
    return {
      refused: `The deployment plan has format ${format}, and this program reads ${deploymentFormatVersion}. Stop Switchyard and start the newer program.`,
    }
  }
  const { data, error } = deploymentPlan.safeParse(value)
  if (data !== undefined) return { plan: data }
  const [issue] = error.issues
  return {
    refused: `The deployment plan is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`,
  }
}

/** The last good plan in the data folder, so that dedicated gateways come back without a console. */
export class PlanStore {
  readonly #file: string

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, fileName)
  }

  /** Null where there is none yet. */
  load(): ReadPlan | null {
    try {
      return readPlan(readFileSync(this.#file, 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      return { refused: `${this.#file} cannot be read: ${error instanceof Error ? error.message : error}` }
    }
  }

  /** Whole or not at all, for this user alone: it tells which gateways exist and who may ask for their names. */
  save(plan: DeploymentPlan): void {
    const temporary = `${this.#file}.tmp`
    // One that was left by a crash may have another mode.
    rmSync(temporary, { force: true })
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, JSON.stringify(plan))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, this.#file)
  }
}
