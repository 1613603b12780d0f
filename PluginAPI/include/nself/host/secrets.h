/* Secrets that plugins.toml grants by name. */
#ifndef NSELF_HOST_SECRETS_H
#define NSELF_HOST_SECRETS_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_SECRETS_ID "nself.host.secrets/1"

typedef struct nself_host_secrets {
  uint32_t struct_size;
  uint32_t reserved;
  /* Reads a secret that plugins.toml grants by name. Its memory is wiped when the
   * buffer is released. [any] */
  nself_operation (*read)(const nself_host *host, nself_string name, void *context,
                          nself_operation_buffer_done done);
} nself_host_secrets;

NSELF_END

#endif /* NSELF_HOST_SECRETS_H */
