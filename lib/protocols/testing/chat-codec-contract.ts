import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChatReply, FailureKind } from '@/lib/protocols/canonical.ts'
import type { ChatCodec, ServiceCodec } from '@/lib/protocols/codec.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { arbitraryReply, arbitraryStream } from './arbitrary-answer.ts'
import { arbitraryRequest } from './arbitrary-request.ts'
import type { AnswerFeature, RequestFeature } from './carried.ts'
import { replyEssence, requestEssence, streamEssence, withParsedArguments } from './essence.ts'
import { damagedFrames } from './frames.ts'
import { isNamedWhenLost, replyWith, requestWith } from './lost-samples.ts'
import { mutated } from './mutated.ts'
import { context, readStream, writeStream } from './read-stream.ts'

export interface ServiceCodecCase {
  readonly codec: ServiceCodec
  readonly replies: Readonly<Record<string, JsonObject>>
  /** Whole streams, as short as they may be: each is cut at each of its bytes. */
  readonly streams: Readonly<Record<string, Buffer>>
  readonly failures: Readonly<Record<string, { status: number; body: unknown; kind: FailureKind }>>
  /** What a request cannot carry in this format. */
  readonly requestsLose: readonly RequestFeature[]
  /** What it carries in another form, from which it does not come back. */
  readonly requestsTranslate?: readonly RequestFeature[]
}

export interface ChatCodecCase extends ServiceCodecCase {
  readonly codec: ChatCodec
  /** Bodies of requests as callers send them. */
  readonly requests: Readonly<Record<string, JsonObject>>
  readonly answersLose: readonly AnswerFeature[]
  readonly answersTranslate?: readonly AnswerFeature[]
}

/** What every codec of a format that callers speak holds to. */
export function describeChatCodec(subject: ChatCodecCase): void {
  describeServiceCodec(subject)
  describe(`${subject.codec.format}, as callers speak it`, () => {
    describeRequests(subject)
    describeReplies(subject)
    describeStreams(subject)
  })
}

/** What every codec of a format that services speak holds to. */
export function describeServiceCodec({
  codec,
  replies,
  streams,
  failures,
  requestsLose,
  requestsTranslate = [],
}: ServiceCodecCase): void {
  describe(`${codec.format}, as services speak it`, () => {
    test.each(Object.entries(replies))('reads the reply %s', (_, body) => {
      expect(codec.failureWithin(body)).toBeNull()
      expect(codec.readReply(body)).toMatchSnapshot()
    })

    test.each(Object.entries(streams))('reads the stream %s', (_, bytes) => {
      const events = readStream(codec, [bytes])
      expect(events.at(-1)).toEqual({ type: 'end' })
      expect(streamEssence(events)).toMatchSnapshot()
    })

    // The titles tell how many cuts are tried: at each byte, and at all of them at once.
    test.each(withLengths(streams))(
      'reads the stream %s alike, cut in %i ways',
      (_, __, bytes) => {
        const whole = readStream(codec, [bytes])
        for (let at = 1; at < bytes.length; at++) {
          const cut = readStream(codec, [bytes.subarray(0, at), bytes.subarray(at)])
          if (!isSame(cut, whole)) expect(cut, `cut at ${at}`).toEqual(whole)
        }
        expect(
          readStream(
            codec,
            [...bytes].map((byte) => Buffer.from([byte])),
          ),
        ).toEqual(whole)
      },
      60_000,
    )

    test.each(withLengths(streams))(
      'tells that the stream %s broke off, at %i places',
      (_, __, bytes) => {
        for (let at = 0; at < bytes.length; at++) {
          const events = readStream(codec, [bytes.subarray(0, at)])
          const { choices, failure } = streamEssence(events)
          const stops = Object.values(choices).map(({ stop }) => stop)
          const isWhole = stops.length > 0 && stops.every((stop) => stop !== null)
          expect(events.at(-1), `cut at ${at}`).toEqual({ type: 'end' })
          expect(events.filter(({ type }) => type === 'end')).toHaveLength(1)
          if (!isWhole) expect(failure, `cut at ${at}`).not.toBeNull()
        }
      },
      60_000,
    )

    test.each(Object.entries(failures))('reads the failure %s', (_, { status, body, kind }) => {
      expect(codec.readFailure(status, body)).toMatchObject({ kind })
    })

    test('reads any body as some failure', () => {
      const bodies = Object.values(failures).flatMap(({ body }) =>
        typeof body === 'object' && body !== null ? [mutated(body as JsonObject)] : [],
      )
      fc.assert(
        fc.property(
          fc.integer({ min: 400, max: 599 }),
          fc.oneof(fc.jsonValue(), ...bodies),
          (status, body) => {
            const failure = codec.readFailure(status, body)
            expect(failure.message).not.toBe('')
            expect(failure.status).toBeGreaterThanOrEqual(400)
          },
        ),
      )
    })

    test('refuses replies that are none with a ProtocolError, and nothing else', () => {
      const bodies = Object.values(replies).map(mutated)
      fc.assert(
        fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), ...bodies), (body) => {
          onlyProtocolErrors(() => codec.readReply(body as JsonObject))
          expect(() => codec.failureWithin(body as JsonObject)).not.toThrow()
        }),
      )
    })

    test('refuses frames that are none with a ProtocolError, and nothing else', () => {
      fc.assert(
        fc.property(damagedFrames(codec, Object.values(streams)), (list) => {
          const reader = codec.streamReader()
          onlyProtocolErrors(() => list.map((frame) => reader.read(frame)))
          onlyProtocolErrors(() => reader.end())
        }),
        { numRuns: 300 },
      )
    })

    test.each(requestsLose)('names what a request cannot carry: %s', (feature) => {
      const dropped = new DroppedFields()
      codec.writeRequest(requestWith(feature), dropped)
      expect(dropped.names).not.toEqual([])
    })

    test('names nothing that a request carries', () => {
      fc.assert(
        fc.property(arbitraryRequest(new Set([...requestsLose, ...requestsTranslate])), (request) => {
          const dropped = new DroppedFields()
          codec.writeRequest(request, dropped)
          expect(dropped.names).toEqual([])
        }),
      )
    })
  })
}

function withLengths(streams: Readonly<Record<string, Buffer>>): Array<[string, number, Buffer]> {
  return Object.entries(streams).map(([name, bytes]) => [name, bytes.length, bytes])
}

function describeRequests({ codec, requests, requestsLose, requestsTranslate = [] }: ChatCodecCase): void {
  const read = (body: JsonObject, model: string | null, stream: boolean, dropped = new DroppedFields()) =>
    codec.readRequest(JSON.parse(JSON.stringify(body)) as JsonObject, { model, stream }, dropped)

  test.each(Object.entries(requests))(
    'reads the request %s, and writes what it reads the same',
    (_, body) => {
      const dropped = new DroppedFields()
      const request = read(body, 'model-a', false, dropped)
      expect({ request, dropped: dropped.names }).toMatchSnapshot()
      const written = codec.writeRequest(request, new DroppedFields())
      expect(read(written, request.model, request.stream)).toEqual(request)
    },
  )

  test('gives back the meaning of any request', () => {
    fc.assert(
      fc.property(arbitraryRequest(new Set([...requestsLose, ...requestsTranslate])), (request) => {
        const dropped = new DroppedFields()
        const back = read(codec.writeRequest(request, dropped), request.model, request.stream, dropped)
        expect(requestEssence(back)).toEqual(requestEssence({ ...request, streamUsage: back.streamUsage }))
        expect(dropped.names).toEqual([])
        expect(read(codec.writeRequest(back, dropped), back.model, back.stream)).toEqual(back)
      }),
    )
  })

  test('refuses requests that are none with a ProtocolError, and nothing else', () => {
    const bodies = Object.values(requests).map(mutated)
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), ...bodies), (body) => {
        onlyProtocolErrors(() => {
          const request = read(body as JsonObject, 'model-a', false)
          codec.writeRequest(request, new DroppedFields())
        })
      }),
      { numRuns: 500 },
    )
  })
}

function describeReplies({ codec, answersLose, answersTranslate = [], failures }: ChatCodecCase): void {
  const write = (reply: ChatReply, dropped: DroppedFields) =>
    JSON.parse(JSON.stringify(codec.writeReply(reply, context, dropped))) as JsonObject

  test('gives back the meaning of any reply', () => {
    fc.assert(
      fc.property(arbitraryReply(new Set([...answersLose, ...answersTranslate])), (reply) => {
        const dropped = new DroppedFields()
        const written = write(reply, dropped)
        expect(codec.failureWithin(written)).toBeNull()
        const back = codec.readReply(written)
        expect(withParsedArguments(replyEssence(back))).toEqual(withParsedArguments(replyEssence(reply)))
        expect(dropped.names).toEqual([])
        expect(codec.readReply(write(back, dropped))).toEqual(back)
      }),
    )
  })

  test.each(answersLose.filter(isNamedWhenLost))('names what an answer cannot carry: %s', (feature) => {
    const dropped = new DroppedFields()
    codec.writeReply(replyWith(feature), context, dropped)
    expect(dropped.names).not.toEqual([])
  })

  test('gives back the kind and the message of its failures', () => {
    for (const { status, body } of Object.values(failures)) {
      const failure = codec.readFailure(status, body)
      const answeredAs = codec.failureStatus?.(failure) ?? failure.status
      const back = codec.readFailure(answeredAs, codec.writeFailure(failure, 'req-test'))
      expect(back).toMatchObject({ kind: failure.kind, message: failure.message })
    }
  })
}

function describeStreams({ codec, answersLose, answersTranslate = [] }: ChatCodecCase): void {
  test('gives back the meaning of any stream', () => {
    fc.assert(
      fc.property(arbitraryStream(new Set([...answersLose, ...answersTranslate])), (events) => {
        const dropped = new DroppedFields()
        const back = readStream(codec, [writeStream(codec, events, dropped)])
        expect(withParsedArguments(streamEssence(back))).toEqual(withParsedArguments(streamEssence(events)))
        expect(dropped.names).toEqual([])
        expect(back.at(-1)).toEqual({ type: 'end' })
        expect(back.filter(({ type }) => type === 'end' || type === 'start')).toHaveLength(2)
      }),
    )
  })

  test('tells an error within a stream, whenever it comes', () => {
    const failure = {
      kind: 'overloaded',
      status: 503,
      message: 'Too busy.',
      code: null,
      param: null,
    } as const
    fc.assert(
      fc.property(arbitraryStream(new Set([...answersLose, ...answersTranslate])), fc.nat(), (events, at) => {
        const cut = events.slice(0, 1 + (at % (events.length - 1)))
        const bytes = writeStream(codec, [...cut, { type: 'error', failure }, { type: 'end' }])
        const back = readStream(codec, [bytes])
        expect(streamEssence(back).failure).toMatchObject({ message: 'Too busy.' })
        expect(back.at(-1)).toEqual({ type: 'end' })
      }),
    )
  })
}

function onlyProtocolErrors(step: () => unknown): void {
  try {
    step()
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
  }
}

/** Much faster than an assertion, for the many that hold. */
function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
