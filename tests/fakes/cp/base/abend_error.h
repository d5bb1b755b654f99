// abend() on the host throws, so that a test can expect it:
// BOOST_CHECK_EXCEPTION(..., AbendError, ends_with(Abend::FRE001)).
#pragma once

#include "cp/base/abend.h"

struct AbendError {
    cp::Abend code;
};

inline auto ends_with(cp::Abend code) {
    return [code](const AbendError& error) { return error.code == code; };
}
