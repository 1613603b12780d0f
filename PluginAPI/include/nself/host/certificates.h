/* TLS certificates the host serves. */
#ifndef NSELF_HOST_CERTIFICATES_H
#define NSELF_HOST_CERTIFICATES_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_CERTIFICATES_ID "nself.host.certificates/1"

typedef struct nself_host_certificates {
  uint32_t struct_size;
  uint32_t reserved;
  /* Serves `names` with this certificate from the next handshake on. [any] */
  nself_status (*put)(const nself_host *host, nself_strings names, nself_string chain_pem,
                      nself_string key_pem, nself_error *error);
} nself_host_certificates;

NSELF_END

#endif /* NSELF_HOST_CERTIFICATES_H */
