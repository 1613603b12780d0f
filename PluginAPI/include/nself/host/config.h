/* The instance's own configuration and data directory. */
#ifndef NSELF_HOST_CONFIG_H
#define NSELF_HOST_CONFIG_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_CONFIG_ID "nself.host.config/1"

typedef struct nself_host_config {
  uint32_t struct_size;
  uint32_t reserved;
  /* The configuration in force: what configure was last given. [control] */
  nself_bytes (*current)(const nself_host *host);
  /* A directory that only this instance uses and that outlives it. [any] */
  nself_string (*data_directory)(const nself_host *host);
} nself_host_config;

NSELF_END

#endif /* NSELF_HOST_CONFIG_H */
