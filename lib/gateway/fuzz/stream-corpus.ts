/** Bodies in the chunked coding, right and wrong. */
export const chunkedCorpus: readonly string[] = [
  '0\r\n\r\n',
  '5\r\nhello\r\n0\r\n\r\n',
  '5\r\nhello\r\n6\r\n world\r\n00\r\nX-Sum: 42\r\nX-More: \t a b \r\n\r\n',
  '1;a\r\nx\r\n2;b=c;d="e;\\"f\\\\"\r\nyz\r\n0;end\r\n\r\n',
  'fF\r\n'.concat(
    'z'.repeat(255),
    '\r\n0\r\nAuthorization: late\r\nx-switchyard-a: b\r\nX-Kept: yes\r\n\r\n',
  ),
  '3\r\nabc\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n',
  '5\nhello\n0\n\n',
  '5 \r\nhello\r\n0\r\n\r\n',
]

export const chunkedTokens: readonly string[] = [
  '\r\n',
  '\n',
  '\r',
  '0\r\n\r\n',
  '0',
  'fffffffffffff',
  '1\r\na\r\n',
  ';a=b',
  ';a="',
  '"',
  '\\',
  ' ',
  '\t',
  '-',
  '0x',
  'Content-Length: 1\r\n',
  'X-A: b\r\n',
  '\0',
  '\x80',
]

const delta = (text: string) => `data: {"choices":[{"delta":{"content":"${text}"}}],"usage":null}\n\n`

/** Answers of model servers: whole ones, streams of both families, and texts that only look like usage. */
export const answerCorpus: readonly string[] = [
  '{"id":"x","choices":[{"message":{"content":"hi"}}],"usage":{"prompt_tokens":12,"completion_tokens":34,"details":{"a":{"b":1}}}}',
  `${delta('a')}${delta('é')}data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":6}}\n\ndata: [DONE]\n\n`,
  `event: message_start\ndata: {"message":{"usage":{"input_tokens":25,"output_tokens":1}}}\n\n${delta('x'.repeat(3_000))}event: message_delta\ndata: {"usage":{"output_tokens":15}}\n\n`,
  `{"data":[${'0.123456,'.repeat(3_000)}0],"usage":{"prompt_tokens":9,"total_tokens":9}}`,
  JSON.stringify({ content: '"usage":{"prompt_tokens":999}', usage: { prompt_tokens: 1 } }),
  '',
]

export const answerTokens: readonly string[] = [
  '"usage"',
  '"usage":',
  '"usage":{',
  '"usage":null',
  '"prompt_tokens":7',
  '"completion_tokens":8',
  '{',
  '}',
  '"',
  '\\',
  '\\"',
  ':',
  'data: ',
  '\n\n',
  '[DONE]',
  '1e999',
  '-1',
  '\xff',
]
