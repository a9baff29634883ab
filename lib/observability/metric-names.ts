/** Every metric that a gateway node exposes, with its help text. */
export const metricNames = {
  requests: 'switchyard_requests_total',
  errors: 'switchyard_gateway_errors_total',
  limitedRequests: 'switchyard_limited_requests_total',
  shedRequests: 'switchyard_shed_requests_total',
  eventLoopDelay: 'switchyard_event_loop_delay_seconds',
  countersAway: 'switchyard_counters_away',
  countersAwayTimes: 'switchyard_counters_away_total',
  requestSeconds: 'switchyard_request_duration_seconds',
  firstByteSeconds: 'switchyard_first_byte_seconds',
  openRequests: 'switchyard_open_requests',
  bytesIn: 'switchyard_request_body_bytes_total',
  bytesOut: 'switchyard_response_body_bytes_total',
  inputTokens: 'switchyard_input_tokens_total',
  outputTokens: 'switchyard_output_tokens_total',
  snapshotRevision: 'switchyard_snapshot_revision',
  instanceReady: 'switchyard_instance_ready',
} as const

export const metricHelp = {
  requests: 'Requests by service and status; 499 is a caller that left.',
  errors: 'Answers that the gateway made itself, by code.',
  limitedRequests:
    'Requests refused with 429 or 450, by service and by whose limit: token, service, gateway or queue.',
  shedRequests: 'Requests refused with 503 because the node was overloaded, by reason.',
  eventLoopDelay: 'How late the event loop is, exponentially weighted.',
  countersAway:
    '1 while the counters that nodes share do not answer and this node admits its share of each limit.',
  countersAwayTimes: 'How often the counters that nodes share stopped answering.',
  requestSeconds: 'Seconds from the first byte of a request to the end of its answer.',
  firstByteSeconds: 'Seconds until the first byte of the answer.',
  openRequests: 'Requests being answered now.',
  bytesIn: 'Request body bytes by service.',
  bytesOut: 'Response body bytes by service.',
  inputTokens: 'Input tokens by service, as the upstream counted them.',
  outputTokens: 'Output tokens by service, as the upstream counted them.',
  snapshotRevision: 'Revision of the running snapshot; 0 before the first.',
  instanceReady: '1 ready, 0 unready; absent while unknown.',
} as const satisfies Record<keyof typeof metricNames, string>
