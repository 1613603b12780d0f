/* The one function of this plugin that others see: nself_plugin_query, from nself_plugin.h. */
#include "nself_plugin.h"
