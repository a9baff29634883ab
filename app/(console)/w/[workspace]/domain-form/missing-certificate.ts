/** What `Form` puts on the certificate's field: the API would refuse the same, later. */
export function missingCertificate(message: string): Error {
  return Object.assign(new Error(message), {
    problem: {
      detail: message,
      code: 'invalid_input',
      invalidFields: [{ path: 'certificateId', code: 'missing', message }],
    },
  })
}
