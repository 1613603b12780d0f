/* Keys and values, as a caller sees them. */
#ifndef NSELF_HOST_KV_H
#define NSELF_HOST_KV_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_KV_ID "nself.host.kv/1"

/* Keys live in the name space of the instance, or in one that is granted
 * ("kv:sessions"), written "sessions/<key>". ttl 0: does not expire. */
typedef struct nself_host_kv {
  uint32_t struct_size;
  uint32_t reserved;
  nself_operation (*get)(const nself_host *host, nself_string key, void *context,
                         nself_operation_buffer_done done); /* NOT_FOUND [any] */
  nself_operation (*set)(const nself_host *host, nself_string key, nself_bytes value, uint64_t ttl,
                         void *context, nself_operation_done done); /* [any] */
  /* Sets only if the value is still `expected` (size 0: absent), else ABORTED. [any] */
  nself_operation (*compare_and_set)(const nself_host *host, nself_string key,
                                     nself_bytes expected, nself_bytes value, uint64_t ttl,
                                     void *context, nself_operation_done done);
  /* Adds, starting from 0; ttl counts from the first add. Gives the sum. [any] */
  nself_operation (*add)(const nself_host *host, nself_string key, int64_t delta, uint64_t ttl,
                         void *context, nself_operation_number_done done);
  nself_operation (*remove)(const nself_host *host, nself_string key, void *context,
                            nself_operation_done done); /* absent is OK [any] */
} nself_host_kv;

NSELF_END

#endif /* NSELF_HOST_KV_H */
