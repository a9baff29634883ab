import { invalidRequest } from '@/lib/gateway/stages/model-call/parse-body.ts'

/** Where a form (RFC 7578) names its model. */
export interface FormModel {
  readonly boundary: string
  /** Null: it names none. */
  readonly model: { readonly name: string; readonly start: number; readonly end: number } | null
}

const boundaryForm = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i
const nameForm = /^content-disposition:[^\r\n]*;\s*name="?model"?\s*(?:;|\r?$)/im
const fileForm = /;\s*filename\*?=/i
/** More are no form that a person or a client writes, and would be read for nothing. */
const partsMax = 1_000
const headBytesMax = 4_096
const modelBytesMax = 256

/**
 * Reads the field `model` of a form. Null where it is none. Throws `invalid_request` where a form names two models, since
 * the service might take another one than the gateway.
 */
export function readFormModel(contentType: string, bytes: Buffer): FormModel | null {
  const [, quoted, plain] = boundaryForm.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined || !/^multipart\/form-data\b/i.test(contentType)) return null
  const delimiter = Buffer.from(`--${boundary}`)
  let model: FormModel['model'] = null
  let at = bytes.indexOf(delimiter)
  for (let parts = 0; at !== -1 && parts < partsMax; parts += 1) {
    const headStart = at + delimiter.length
    const next = bytes.indexOf(Buffer.concat([lineEnd, delimiter]), headStart)
    if (next === -1) break
    const found = modelOfPart(bytes, headStart, next)
    if (found !== null && model !== null) {
      throw invalidRequest('The form names its model twice. Send the field `model` once.', 'model')
    }
    model = found ?? model
    at = next + lineEnd.length
  }
  return { boundary, model }
}

function modelOfPart(bytes: Buffer, headStart: number, end: number): FormModel['model'] {
  const headEnd = bytes.indexOf(headersEnd, headStart)
  if (headEnd === -1 || headEnd >= end || headEnd - headStart > headBytesMax) return null
  const head = bytes.toString('latin1', headStart, headEnd)
  if (!nameForm.test(head) || fileForm.test(head)) return null
  const start = headEnd + headersEnd.length
  const name = end - start > modelBytesMax ? '' : bytes.toString('utf8', start, end).trim()
  return { name, start, end }
}

/** The same form, with this model. */
export function writeFormModel(bytes: Buffer, { boundary, model }: FormModel, name: string): Buffer {
  if (model !== null) {
    return Buffer.concat([bytes.subarray(0, model.start), Buffer.from(name), bytes.subarray(model.end)])
  }
  const field = `--${boundary}\r\ncontent-disposition: form-data; name="model"\r\n\r\n${name}\r\n`
  return Buffer.concat([Buffer.from(field), bytes])
}

const lineEnd = Buffer.from('\r\n')
const headersEnd = Buffer.from('\r\n\r\n')
