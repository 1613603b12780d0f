/* Portability of the interface and its version. */
#ifndef NSELF_ABI_H
#define NSELF_ABI_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define NSELF_EXPORT __attribute__((visibility("default")))

/* Around the declarations of each header. */
#ifdef __cplusplus
#define NSELF_C_BEGIN extern "C" {
#define NSELF_C_END }
#else
#define NSELF_C_BEGIN
#define NSELF_C_END
#endif
#if defined(__clang__) /* enums of fixed width, before C23 */
#define NSELF_BEGIN                              \
  NSELF_C_BEGIN                                  \
  _Pragma("clang diagnostic push")               \
  _Pragma("clang diagnostic ignored \"-Wpedantic\"")
#define NSELF_END _Pragma("clang diagnostic pop") NSELF_C_END
#else
#define NSELF_BEGIN NSELF_C_BEGIN
#define NSELF_END NSELF_C_END
#endif

/* An open enumeration, or a set of flags, with a fixed width. Clang, and so
 * Swift, sees an enum or an option set; other compilers see the integer it
 * travels as. */
#if defined(__clang__) && !defined(__cplusplus)
#define NSELF_ENUM_(attribute, type, name) \
  enum __attribute__(attribute) name : type; \
  typedef enum name name; \
  enum name : type
#define NSELF_ENUM(type, name) NSELF_ENUM_((enum_extensibility(open)), type, name)
#define NSELF_FLAGS(name) NSELF_ENUM_((flag_enum, enum_extensibility(open)), uint32_t, name)
#else
#define NSELF_ENUM(type, name) typedef type name; enum
#define NSELF_FLAGS(name) NSELF_ENUM(uint32_t, name)
#endif

#define NSELF_ABI_MAJOR 1
#define NSELF_ABI_MINOR 0
#define NSELF_ABI_VERSION 0x00010000u /* major << 16 | minor */

#endif /* NSELF_ABI_H */
