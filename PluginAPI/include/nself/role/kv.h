/* A key-value provider. */
#ifndef NSELF_ROLE_KV_H
#define NSELF_ROLE_KV_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_ROLE_KV_ID "nself.role.kv/1" /* BROKERED; keys arrive with name space */

typedef struct nself_role_kv {
  uint32_t struct_size;
  uint32_t reserved;
  void (*get)(void *self, nself_string key, nself_call call, nself_buffer_done done); /* [loop] */
  void (*set)(void *self, nself_string key, nself_bytes value, uint64_t ttl, nself_call call,
              nself_done done); /* [loop] */
  void (*compare_and_set)(void *self, nself_string key, nself_bytes expected, nself_bytes value,
                          uint64_t ttl, nself_call call, nself_done done); /* [loop] */
  void (*add)(void *self, nself_string key, int64_t delta, uint64_t ttl, nself_call call,
              nself_number_done done); /* [loop] */
  void (*remove)(void *self, nself_string key, nself_call call, nself_done done); /* [loop] */
} nself_role_kv;

NSELF_END

#endif /* NSELF_ROLE_KV_H */
