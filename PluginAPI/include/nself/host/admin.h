/* What the nself command can do, for an admin plugin. */
#ifndef NSELF_HOST_ADMIN_H
#define NSELF_HOST_ADMIN_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_ADMIN_ID "nself.host.admin/1"

typedef struct nself_host_admin {
  uint32_t struct_size;
  uint32_t reserved;
  /* What the `nself` command can do, as JSON: "instances.list", "instance.swap",
   * "config.check", "routes.list". For an admin plugin; a broad grant. [any] */
  nself_operation (*run)(const nself_host *host, nself_string command, nself_bytes input_json,
                         void *context, nself_operation_buffer_done done);
} nself_host_admin;

NSELF_END

#endif /* NSELF_HOST_ADMIN_H */
