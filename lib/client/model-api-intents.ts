import { localIntents, type ModelRouting, type ModelRoutingForm } from '@/lib/domain/model-routing.ts'
import {
  emptyTarget,
  numberOf,
  type TargetValues,
  targetOf,
  targetValues,
  withoutService,
} from './model-target-values.ts'

export type LocalIntent = (typeof localIntents)[number]
type IntentRouting = Extract<ModelRouting, { mode: 'intent' }>

/** An intent of one's own, which a model tells from the others. */
export interface OwnIntent {
  name: string
  title: string
  description: string
  target: TargetValues
}

/** Smart routing in the form. What each classifier tells apart is kept while the other one is chosen. */
export interface IntentValues {
  classifier: IntentRouting['classifier']['type']
  model: { serviceId: string; model: string; timeoutMs: number | null }
  /** Of the local classifier; an empty title is the intent's own. */
  local: Record<LocalIntent, { title: string; description: string; target: TargetValues }>
  own: OwnIntent[]
  others: TargetValues
}

export function emptyOwnIntent(): OwnIntent {
  return { name: '', title: '', description: '', target: emptyTarget() }
}

export function emptyIntents(): IntentValues {
  const empty = () => ({ title: '', description: '', target: emptyTarget() })
  return {
    classifier: 'local',
    model: { serviceId: '', model: '', timeoutMs: 1000 },
    local: { code: empty(), math: empty(), translation: empty(), fast: empty(), reasoning: empty() },
    own: [emptyOwnIntent()],
    others: emptyTarget(),
  }
}

export function intentValues({ classifier, labels, intents, default: others }: IntentRouting): IntentValues {
  const values = emptyIntents()
  const targetFor = (name: string) => {
    const target = Object.hasOwn(intents, name) ? intents[name] : undefined
    return target === undefined ? emptyTarget() : targetValues(target)
  }
  values.others = targetValues(others)
  values.classifier = classifier.type
  if (classifier.type === 'model') {
    const { serviceId, model, timeoutMs } = classifier
    values.model = { serviceId, model, timeoutMs }
    values.own = labels.map(({ name, title, description }) => {
      return { name, title: title ?? '', description, target: targetFor(name) }
    })
    return values
  }
  for (const name of localIntents) {
    const label = labels.find((known) => known.name === name)
    const { title, description } = label ?? { title: null, description: '' }
    values.local[name] = { title: title ?? '', description, target: targetFor(name) }
  }
  return values
}

/** Not checked: a number may still be missing. */
export function intentRoutingOf(values: IntentValues): ModelRoutingForm {
  const { own, local, classifier } = values
  const all = classifier === 'model' ? own : localIntents.map((name) => ({ name, ...local[name] }))
  const labelled = classifier === 'model' ? all : all.filter(isLabelled)
  const routed = all.filter(({ target }) => target.serviceId !== '')
  return {
    mode: 'intent',
    classifier: classifier === 'model' ? { type: 'model', ...modelOf(values) } : { type: 'local' },
    labels: labelled.map(({ name, title, description }) => {
      return { name, title: title.trim() === '' ? null : title, description }
    }),
    intents: Object.fromEntries(routed.map(({ name, target }) => [name, targetOf(target)])),
    default: targetOf(values.others),
  }
}

function isLabelled({ title, description }: Pick<OwnIntent, 'title' | 'description'>): boolean {
  return title.trim() !== '' || description.trim() !== ''
}

function modelOf({ model: { serviceId, model, timeoutMs } }: IntentValues) {
  return { serviceId, model, timeoutMs: numberOf(timeoutMs) }
}

/** `labels.1.name` and `intents.code.serviceId` of a routing as fields of the form. */
export function intentFieldPath(path: readonly string[], values: IntentValues): string {
  const [field = '', key = '', ...rest] = path
  const place = (name: string, below: readonly string[]) => {
    if (values.classifier === 'local') return ['intent.local', name, ...below].join('.')
    return ['intent.own', values.own.findIndex((row) => row.name === name), ...below].join('.')
  }
  switch (field) {
    case 'classifier':
      return `intent.model.${key}`
    case 'default':
      return ['intent.others', key].join('.')
    case 'labels':
      if (values.classifier === 'model') return ['intent.own', key, ...rest].join('.')
      return place(localIntents.filter((name) => isLabelled(values.local[name]))[Number(key)] ?? '', rest)
    default:
      if (key === '') return values.classifier === 'model' ? 'intent.own' : 'intent.local'
      return place(key, ['target', ...rest])
  }
}

export function intentsElsewhere(values: IntentValues): IntentValues {
  const { code, math, translation, fast, reasoning } = values.local
  const clear = <T extends { target: TargetValues }>(row: T): T => {
    return { ...row, target: withoutService(row.target) }
  }
  return {
    ...values,
    model: withoutService(values.model),
    local: {
      code: clear(code),
      math: clear(math),
      translation: clear(translation),
      fast: clear(fast),
      reasoning: clear(reasoning),
    },
    own: values.own.map(clear),
    others: withoutService(values.others),
  }
}
