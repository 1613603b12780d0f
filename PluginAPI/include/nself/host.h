/* The host as one plugin instance sees it. */
#ifndef NSELF_HOST_H
#define NSELF_HOST_H

#include "values.h"

NSELF_BEGIN

typedef struct nself_host nself_host;

/* Where this instance runs. */
NSELF_ENUM(uint32_t, nself_isolation) {
  NSELF_ISOLATION_NONE = 0,   /* in the host; a crash takes the host down */
  NSELF_ISOLATION_PROCESS = 1 /* in a child; a crash is a restart */
};

/* The host as one plugin instance sees it. Passed to create, valid until destroy
 * returns, first argument of every function in a host table. */
struct nself_host {
  uint32_t struct_size;
  uint32_t abi_version;     /* NSELF_ABI_VERSION of the host */
  nself_isolation isolation;
  uint32_t reserved;
  uint64_t generation;      /* 1 at first start, +1 with each hot swap */
  nself_string version;     /* "1.4.0", for messages; never branch on it */
  nself_string instance;    /* the name in plugins.toml, e.g. "storage", "CS_1" */
  void *context;            /* private to the host */

  /* Returns the table for `id` (zero-terminated), or null when the host does not
   * have it or plugins.toml does not grant it. Use nself_table. [any] */
  const void *(*get_interface)(const nself_host *host, const char *id);
};

/* The host's table for `id` when it has the size this header knows, else null:
 * nself_table(host, NSELF_HOST_LOG_ID, sizeof(nself_host_log)). */
static inline const void *nself_table(const nself_host *host, const char *id, size_t size) {
  const void *table = host->get_interface(host, id);
  return table && *(const uint32_t *)table == size ? table : 0;
}

NSELF_END

#endif /* NSELF_HOST_H */
