/* Limiting rates. */
#ifndef NSELF_ROLE_RATE_LIMITER_H
#define NSELF_ROLE_RATE_LIMITER_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_ROLE_RATE_LIMITER_ID "nself.role.rate_limiter/1"

typedef struct nself_rate_decision {
  uint32_t allowed; /* 0 or 1 */
  uint32_t reserved;
  uint64_t limit;
  uint64_t remaining;
  uint64_t reset_after;
  uint64_t retry_after;
} nself_rate_decision;

typedef void (*nself_rate_done)(nself_call call, nself_status status, nself_string message,
                                const nself_rate_decision *decision); /* [any] */

typedef struct nself_rate_limiter {
  uint32_t struct_size;
  uint32_t reserved;
  /* Takes `cost` from the bucket `key` under the named policy. On any status but
   * OK the host follows fail_open in plugins.toml. [loop] */
  void (*take)(void *self, nself_string policy, nself_string key, uint32_t cost, nself_call call,
               nself_rate_done done);
} nself_rate_limiter;

NSELF_END

#endif /* NSELF_ROLE_RATE_LIMITER_H */
