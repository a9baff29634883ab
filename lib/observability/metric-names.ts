/** Every metric that a gateway node exposes, with its help text. */
export const metricNames = {
  requests: 'switchyard_requests_total',
  grpcCalls: 'switchyard_grpc_calls_total',
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
  instanceState: 'switchyard_instance_state',
  panic: 'switchyard_service_panic',
  ejections: 'switchyard_instances_taken_out_total',
  queueLength: 'switchyard_queue_length',
  queueRefusals: 'switchyard_queue_refusals_total',
  retries: 'switchyard_retries_total',
  nlbOpen: 'switchyard_nlb_connections',
  nlbConnections: 'switchyard_nlb_connections_total',
  nlbBytesIn: 'switchyard_nlb_received_bytes_total',
  nlbBytesOut: 'switchyard_nlb_sent_bytes_total',
  nacosInstances: 'switchyard_nacos_instances',
  nacosUp: 'switchyard_nacos_up',
  nacosFailures: 'switchyard_nacos_failures_total',
} as const

export const metricHelp = {
  requests: 'Requests by service and status; 499 is a caller that left.',
  grpcCalls: 'gRPC calls by service and by the grpc-status that ended them.',
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
  instanceReady: '1 ready, 0 in any other state; absent while unknown.',
  instanceState:
    '1 for the state that an instance is in: unknown, ready, unready, ejected, probing or paused.',
  panic:
    '1 while so few instances are fit that those which traffic took out serve all the same; else absent.',
  ejections:
    'Instances taken out because of traffic, by reason: connect, timeout, server_error or asked_to_wait.',
  queueLength: 'Requests that wait for a place at an instance, by service.',
  queueRefusals: 'Requests refused with 450 because the queue was full, or with 503 after a long wait in it.',
  retries:
    'Further attempts, by outcome: answered, failed, or over_budget, which were not made because too many were.',
  nlbOpen: 'Connections of a layer 4 port that an instance is found for or has, by port.',
  nlbConnections:
    'Connections of a layer 4 port that are over, by port and outcome: ended, broken, idle, drained; refused or revoked by rules; no_instance, unreachable, overloaded, not_configured.',
  nlbBytesIn: 'Bytes from callers of a layer 4 port.',
  nlbBytesOut: 'Bytes from instances to callers of a layer 4 port.',
  nacosInstances: 'Instances of a registration in Nacos, by state: wanted, and registered.',
  nacosUp: '1 while the servers of a registration in Nacos take what they are told, else 0.',
  nacosFailures:
    'Calls to Nacos that failed, by reason: not_allowed (outbound rules or egress policy), unreachable, timed_out, forbidden or rejected.',
} as const satisfies Record<keyof typeof metricNames, string>
