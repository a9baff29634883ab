'use client'

import { useState } from 'react'
import { firstMethod, type SamplePart, sampleBody } from '@/lib/client/debug-samples.ts'
import type { DebugForm } from '@/lib/domain/debug.ts'
import type { ModelApiRoute, RouteMethod } from '@/lib/domain/model-api-routes.ts'

/** A part of a form; that of a file holds the file once one is chosen. */
export interface FormPart extends SamplePart {
  readonly file: File | null
}

export interface CallForm {
  readonly route: ModelApiRoute
  readonly method: RouteMethod
  /** Below the base path, with its query. */
  readonly path: string
  readonly kind: 'json' | 'form' | 'none'
  readonly text: string
  readonly parts: readonly FormPart[]
  readonly domainId: string | null
  readonly consumerId: string | null
}

/** What of a call is known before its form is opened; the rest is a sample. */
export type BegunCall = Pick<CallForm, 'route' | 'method'> & Partial<CallForm>

export function isWebSocket({ carries }: ModelApiRoute): boolean {
  return carries.includes('websocket')
}

/** What a test call says; another route or method begins with a sample of its own. `begun`: what it begins with. */
export function useCallForm(routes: readonly ModelApiRoute[], model: string, begun: BegunCall | null = null) {
  const [form, setForm] = useState<CallForm | null>(null)
  const first = routes.find((route) => !isWebSocket(route)) ?? routes[0]
  const sample = () => (first === undefined ? null : sampleForm(first, firstMethod(first), model))
  const shown =
    form ?? (begun === null ? sample() : { ...sampleForm(begun.route, begun.method, model), ...begun })
  return {
    form: shown,
    change: (changed: Partial<CallForm>) => {
      if (shown !== null) setForm({ ...shown, ...changed })
    },
    chooseRoute: (name: string) => {
      const route = routes.find((known) => known.name === name)
      if (route !== undefined) setForm({ ...sampleForm(route, firstMethod(route), model, shown) })
    },
    chooseMethod: (method: RouteMethod) => {
      if (shown !== null) setForm({ ...sampleForm(shown.route, method, model, shown), path: shown.path })
    },
  }
}

function sampleForm(
  route: ModelApiRoute,
  method: RouteMethod,
  model: string,
  kept: Pick<CallForm, 'domainId' | 'consumerId'> | null = null,
): CallForm {
  const sample = sampleBody(route, method, model)
  return {
    route,
    method,
    path: route.path,
    kind: sample.type,
    text: sample.type === 'json' ? sample.text : '{}',
    parts: sample.type === 'form' ? sample.parts.map((part) => ({ ...part, file: null })) : [],
    domainId: kept?.domainId ?? null,
    consumerId: kept?.consumerId ?? null,
  }
}

/** The call, with the contents of its files. */
export async function callInput(form: CallForm): Promise<DebugForm> {
  const contents = await Promise.all(form.parts.map(({ file }) => (file === null ? '' : base64Of(file))))
  return plannedInput(form, contents)
}

/** The same without the contents of files, as a command for the shell names them. */
export function plannedInput(form: CallForm, contents: readonly string[] = []): DebugForm {
  const { method, path, domainId, consumerId } = form
  return { domainId, method, path, consumerId, body: bodyOf(form, contents) }
}

function bodyOf(
  { kind, text, parts }: CallForm,
  contents: readonly string[],
): NonNullable<DebugForm['body']> | null {
  if (kind === 'none') return null
  if (kind === 'json') return { type: 'json', text }
  return {
    type: 'form',
    parts: parts.map((part, index) =>
      part.type === 'text'
        ? { type: 'text', name: part.name, value: part.value }
        : {
            type: 'file',
            name: part.name,
            fileName: part.file?.name ?? 'file',
            contentType: part.file?.type || 'application/octet-stream',
            content: contents[index] ?? '',
          },
    ),
  }
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return btoa(text)
}

export type CallProblem = 'webSocket' | 'path' | 'placeholder' | 'json' | 'partName' | 'file' | 'files'

/** Of all files together; the call holds them in base64, which takes a third more. */
const filesBytesMax = 7 * 1024 * 1024

/** Why this cannot be sent as it is; null: it can. */
export function callProblem({ route, path, kind, text, parts }: CallForm): CallProblem | null {
  if (isWebSocket(route)) return 'webSocket'
  if (!path.startsWith('/') || /\s/.test(path)) return 'path'
  if (/[{}]/.test(path)) return 'placeholder'
  if (kind === 'json') return isJson(text) ? null : 'json'
  if (kind === 'none') return null
  if (parts.some(({ name }) => name.trim() === '')) return 'partName'
  if (parts.some(({ type, file }) => type === 'file' && file === null)) return 'file'
  const bytes = parts.reduce((sum, { file }) => sum + (file?.size ?? 0), 0)
  return bytes > filesBytesMax ? 'files' : null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
