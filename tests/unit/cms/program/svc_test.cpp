#include "cms/program/svc.h"

#include "cms/base/abend.h"
#include "cms/base/free_storage.h"
#include "cms/nucleus.h"
#include "s370/arch/psw.h"

#include <boost/test/unit_test.hpp>

#include <cstring>

using namespace cms;

BOOST_AUTO_TEST_SUITE(cms_svc)

namespace {

constexpr u32 program = 0x20000, plist = 0x21000, error_exit = 0x20400;

void put_tokens(std::initializer_list<Text> tokens) {
    auto* at = at_address<Name8>(plist);
    for (Text token : tokens) *at++ = token;
    std::fill_n(at->bytes, 8, u8{0xFF});
}

struct Answer {
    u32 next;
    u32 gpr[16];
};

// SVC 202 with an error-address word behind it, unless that is 0x07FE0000.
Answer call(u32 word) {
    *at_address<Be32>(program + 2) = word;
    Answer answer{};
    for (u32 i = 0; i < 16; ++i) answer.gpr[i] = 0x11111111 * i;
    answer.gpr[1] = plist;
    answer.next = fakes::svc(202, program, answer.gpr);
    return answer;
}

Answer service(i16 code, u32 r0 = 0, u32 r1 = 0) {
    *at_address<Be16>(program + 2) = static_cast<u16>(code);
    Answer answer{};
    answer.gpr[0] = r0;
    answer.gpr[1] = r1;
    answer.next = fakes::svc(203, program, answer.gpr);
    return answer;
}

} // namespace

BOOST_AUTO_TEST_CASE(success_goes_on_behind_the_error_address) {
    fakes::start_nucleus();
    put_tokens({"CONWAIT"_e});
    Answer const answer = call(error_exit);
    BOOST_TEST(answer.next == program + 6);
    BOOST_TEST(answer.gpr[15] == 0u);
    BOOST_TEST(answer.gpr[0] == 0u);
    BOOST_TEST(answer.gpr[9] == 0x99999999u);
    BOOST_TEST(answer.gpr[14] == 0xEEEEEEEEu);
}

BOOST_AUTO_TEST_CASE(an_error_goes_to_the_error_address_with_its_code) {
    fakes::start_nucleus();
    put_tokens({"WAIT"_e}); // no device is named
    *at_address<Be32>(plist + 8) = 0;
    Answer const answer = call(error_exit);
    BOOST_TEST(answer.next == error_exit);
    BOOST_TEST(answer.gpr[15] == 1u);
}

BOOST_AUTO_TEST_CASE(the_error_address_1_is_the_next_instruction) {
    fakes::start_nucleus();
    put_tokens({"WAIT"_e});
    *at_address<Be32>(plist + 8) = 0;
    BOOST_TEST(call(1).next == program + 6);
}

BOOST_AUTO_TEST_CASE(without_an_error_address_success_goes_on_at_once) {
    fakes::start_nucleus();
    put_tokens({"CONWAIT"_e});
    BOOST_TEST(call(0x07FE0000).next == program + 2);
}

BOOST_AUTO_TEST_CASE(without_an_error_address_an_error_is_the_end) {
    fakes::start_nucleus();
    put_tokens({"WAIT"_e});
    *at_address<Be32>(plist + 8) = 0;
    BOOST_CHECK_THROW(call(0x07FE0000), fakes::FreshStack);
    BOOST_TEST(fakes::typed.back() ==
               "DMSITS122S ERROR IN CALL TO WAIT FROM 020000, ERROR CODE 1 (HEX 00000001).");
}

BOOST_AUTO_TEST_CASE(a_transient_program_gets_its_registers_and_gives_its_code) {
    fakes::start_nucleus();
    nucon().lasttmod = "MYPROG"_e;
    put_tokens({"MYPROG"_e, "ARG"_e});
    bool ran = false;
    fakes::programs[at::transient_area] = [&](u32(&gpr)[16]) {
        ran = true;
        BOOST_TEST(gpr[1] == plist);
        BOOST_TEST(gpr[2] == plist);
        BOOST_TEST(gpr[9] == 0xD4E8D7D9u); // MYPR
        BOOST_TEST(gpr[10] == 0xD6C74040u);
        BOOST_TEST(gpr[12] == at::transient_area);
        BOOST_TEST(gpr[15] == at::transient_area);
        BOOST_TEST(gpr[13] != 0u);
        s370::Psw const psw{nucleus_work().program_psw};
        BOOST_TEST(psw.key() == 0xE);
        BOOST_TEST(s370::Psw::SystemMask::get(psw.bits) == 0u);
        BOOST_TEST(svcsect().depth == 1u);
        BOOST_TEST((current_save()->callee == Name8("MYPROG"_e)));
        gpr[15] = 12;
    };
    Answer const answer = call(error_exit);
    BOOST_TEST(ran);
    BOOST_TEST(answer.next == error_exit);
    BOOST_TEST(answer.gpr[15] == 12u);
    BOOST_TEST(svcsect().depth == 0u);
    BOOST_TEST(nucon().currsave == 0u);
}

BOOST_AUTO_TEST_CASE(calls_nest_to_twenty_and_no_deeper) {
    fakes::start_nucleus();
    nucon().lasttmod = "DEEP"_e;
    put_tokens({"DEEP"_e});
    u32 deepest = 0;
    fakes::programs[at::transient_area] = [&](u32(&)[16]) {
        deepest = std::max<u32>(deepest, svcsect().depth);
        call(error_exit);
    };
    BOOST_CHECK_THROW(call(error_exit), fakes::FreshStack);
    BOOST_TEST(deepest == 20u);
    BOOST_TEST(fakes::typed.back() ==
               "DMSITS135S MAXIMUM SVC DEPTH 20 HAS BEEN EXCEEDED WITH CALL AT 020000.");
    forget_calls();
    BOOST_TEST(svcsect().depth == 0u);
}

BOOST_AUTO_TEST_CASE(dmsfree_answers_in_registers_0_and_1) {
    fakes::start_nucleus();
    Answer const got = service(-0x1E04, 30);
    BOOST_TEST(got.gpr[15] == 0u);
    BOOST_TEST(got.gpr[0] == 30u);
    BOOST_TEST(got.next == program + 4);
    BOOST_TEST(service(-0x0205, 30, got.gpr[1]).gpr[15] == 0u);
    BOOST_TEST(service(-0x0205, 30, got.gpr[1]).gpr[15] == u32(free_rc::bad_block));
}

BOOST_AUTO_TEST_CASE(a_dmsfret_that_is_wrong_ends_a_caller_who_takes_no_errors) {
    fakes::start_nucleus();
    BOOST_CHECK_THROW(service(0x0205, 30, at::user_area), fakes::FreshStack);
    BOOST_TEST(fakes::typed.at(0) ==
               "DMSFRE161T INVALID DMSFRET CALL FROM 020000, ERROR NUMBER 6.");
    AbendCall const abend = take_abend_call();
    BOOST_TEST(abend.code == 0x0F7u);
    BOOST_TEST(abend.called_from == program);
}

BOOST_AUTO_TEST_CASE(a_service_that_is_not_there_is_named) {
    fakes::start_nucleus();
    BOOST_CHECK_THROW(service(0x000A), fakes::FreshStack);
    BOOST_TEST(fakes::typed.back() ==
               "DMSITS134S UNSUPPORTED SVC 203 CODE 10, CALLED FROM 020000.");
}

BOOST_AUTO_TEST_CASE(os_supervisor_calls_are_refused) {
    fakes::start_nucleus();
    u32 gpr[16] = {};
    BOOST_CHECK_THROW(fakes::svc(19, program, gpr), fakes::FreshStack);
    BOOST_TEST(fakes::typed.at(0) == "DMSITS098S CMS OS SIMULATION NOT AVAILABLE.");
    BOOST_TEST(take_abend_call().code == 0x0F9u);
}

BOOST_AUTO_TEST_CASE(a_supervisor_call_that_a_program_handles_goes_to_it) {
    fakes::start_nucleus();
    put_tokens({"HNDSVC"_e});
    auto* const list = at_address<Be32>(plist + 8);
    list[0] = 0xE2C5E340u; // SET
    list[1] = 19u << 24 | 0x20800;
    list[2] = 0xFFFFFFFFu;
    BOOST_TEST(call(error_exit).gpr[15] == 0u);
    fakes::programs[0x20800] = [](u32(&gpr)[16]) {
        BOOST_TEST(gpr[5] == 55u);
        gpr[15] = 4;
    };
    u32 gpr[16] = {};
    gpr[5] = 55;
    BOOST_TEST(fakes::svc(19, program, gpr) == program + 2);
    BOOST_TEST(gpr[15] == 4u);
    clear_svc_handlers();
}

BOOST_AUTO_TEST_SUITE_END()
