"""Gate: what the codes of its ledgers' rows are called in an archive. A code that is not here is "other".

Source: Gate APIv4 documentation, June 2026, AccountBook code and AccountBook type. A row of the spot account has a code
since 2025, and older or beside it a type, which is deprecated. Codes without words in that table are left out.
"""

from collections.abc import Iterator, Mapping

SPOT, FUTURES, BTC_FUTURES, DELIVERY, OPTIONS = "spot", "futures-usdt", "futures-btc", "delivery", "options"
OTHER, EARN = "other", "earn"
SETTLED_IN = ("USDT", "BTC")
"""Coins that contracts are settled in, each with an account of its own."""

_SPOT: Mapping[str, str] = {
    "trade": "101 102 6001 6002 6003 6004 6005 6006 6011 6012 130103 130104 130105 130106 130107 130108 "
    "new_order cancel_order order_fill order_rej",
    "fee": "151 123 125 308 616 649 696 697 2401 2402 2403 3204 3205 3206 3607 3608 3609 4011 5104 5105 5106 6007 "
    "110101 110102 130115 130118 order_fee system_fee lending_fee c2c_fee dust_swap_fee quant_cmn_in quant_cmn_out "
    "quant_cmn_rtd fct_rcvd fct_fee fct_fee_refund",
    "deposit": "110 121 122 124 1907 1908 2650 deposit deposit_rej deposit_gatecode deposit_fireblock deposit_copper "
    "deposit_finmo push_rcvd",
    "withdrawal": "4 17 18 19 104 1901 1903 1905 1906 2651 withdraw withdraw_rej cancel_withdraw withdraw_gatecode "
    "withdraw_fireblock withdraw_copper push_sent push_dctd push_rcvd_dctd push_canceled push_rej",
    "transfer": "601 602 605 606 701 702 703 704 1603 1604 3001 3008 3028 3401 3402 100202 150203 150204 170201 170204 "
    "margin_in margin_out lending_in lending_out cross_in cross_out perp_in perp_out futures_in futures_out "
    "delivery_in delivery_out e_options_in e_options_out options_in options_out cbbc_in cbbc_out warrant_in "
    "warrant_out pay_in pay_out margin_borrow margin_repay",
    "settlement": "707 708 spot_settle_in spot_settle_out perp_settle_in perp_settle_out",
    "subaccount": "1401 150215 150216 150217 150218 150219 subaccount_trf",
    "p2p": "301 302 303 304 305 309 310 311 312 313 314 315 c2c_mop c2c_moc c2c_rop c2c_roc c2c_om c2c_or",
    "fiat": "329 330 331 3018 3019 3020 buy_cl buy_cc",
    "conversion": "181 182 659 660 1301 1302 1307 1310 1311 1312 1322 1323 2601 2602 2603 2604 2605 2606 2609 2610 "
    "2611 2612 2613 2615 2616 3701 3702 3703 eth_swap dust_swap_dctd dust_swap_gt_add cv_buy cv_sell",
    EARN: "661 662 686 687 751 753 754 911 912 1134 1135 1136 1181 1184 1191 1194 1203 1251 1253 1258 2001 2004 2011 "
    "2012 2021 2022 2970 2971 2972 160101 160102 160103 160201 160202 160303 160304 160607 160608 160609 170101 "
    "170111 170112 170113 lend redeem lending_lent collected dual_purchased dual_settled liq_add liq_rm "
    "liq_rebalanced ai_in ai_out startup_prtcp startup_refund startup_sale startup_sale_rb",
    "reward": "401 402 403 405 669 681 688 689 1171 1173 1174 1186 1196 1255 3801 110106 120101 120102 120103 160104 "
    "160301 160302 160401 160402 160406 160501 170206 interest_in hodl_int slot_int_in str_int_in deposit_bonus "
    "trading_rewards purchase_bonus award mining_rewards",
    "airdrop": "404 2614 3104 3120 6010 140203 140204 140205 140206 140207 airdrop",
    "rebate": "109 162 164 166 191 739 3105 3301 3321 3341 3381 3390 3410 4002 4009 referral_rebate sec_rebate_in "
    "sec_rebate_out ab_rebate eb_rebate u_rebate ads_rebate au_rebate pis_rebate pds_rebate pu_rebate "
    "rebate",
    "interest": "635 643 644 658 672 675 676 685 interest_out margin_interest_out",
    "loan": "640 641 642 655 656 657 670 671 1001 1002 1003 1004 1005 1006 1007 1008 150201 150202 borrow repay "
    "cl_borrow cl_repay cross_borrow cross_repay",
    "collateral": "645 646 647 648 160601 160602 cl_dctd cl_rtd",
    "bot": "1701 1702 1703 3201 3202 3203 3601 3602 3603 3604 3605 3606 150210 150211 quant_in quant_out quant_return "
    "fct_in fct_out fct_refund",
    "adjustment": "115 118 131 132 141 142 143 144 682 683 903 913 915 917 100101 100102 150101 150102 180101 210101 "
    "210102 points_purchase points_expiration points_trf points_trf_rej",
    OTHER: "106 501 502 801 802 803 804 805 806 807 1501 1502 1503 1504 2950 2951 2952 2953 2954 2956 3026 3027 3101 "
    "3150 3151 3519 3520 130101 130102 130111 130112 130113 130114 130119 190101 190301 190305 190306 190307 donation "
    "rp_sent rp_rcvd rp_rej ls_offered ls_rcvd pt_offered pt_rcvd subs_deduct subs_in subs_refund subs_in_rcvd "
    "startup_withdraw unknown nft_mp nft_bm nft_om ntf_mr nft_amr nft_ocb nft_fb nft_fs nft_ob nft_os nft_cr nft_ir "
    "nft_wf nft_wfr ntf_mf ntf_mfr ntf_royalty nft_cd nft_crd nft_cf nft_cfr nft_ammf nft_ammw nft_ammdf nft_ammd",
}
CONTRACT_KINDS: Mapping[str, str] = {
    "dnw": "transfer",
    "pnl": "pnl",
    "fee": "fee",
    "fund": "funding",
    "refr": "rebate",
    "prem": "pnl",
    "set": "settlement",
    "settle": "settlement",
    "settle_fee": "fee",
    "cross_settle": "settlement",
    "point_dnw": "transfer",
    "point_convert": "conversion",
    "point_fee": "fee",
    "point_refr": "rebate",
    "bonus_dnw": "adjustment",
    "bonus_offset": "adjustment",
    "pv_dnw": "adjustment",
}
"""Types of rows of perpetual and delivery futures, and of options."""
TO_FUTURES = frozenset({"701", "702", "perp_in", "perp_out", "futures_in", "futures_out"})
TO_DELIVERY = frozenset({"703", "704", "delivery_in", "delivery_out"})
TO_OPTIONS = frozenset({"1603", "1604", "options_in", "options_out"})
MARGIN = frozenset({"601", "602", "605", "606", "margin_in", "margin_out"})
LENT = frozenset({"661", "662", "lend", "redeem"})
"""Into flexible Simple Earn, and out of it."""
SUB_ACCOUNT = frozenset(_SPOT["subaccount"].split())
DEPOSIT, WITHDRAWAL = frozenset(_SPOT["deposit"].split()), frozenset(_SPOT["withdrawal"].split())
_WITH_COIN = TO_FUTURES | TO_DELIVERY | TO_OPTIONS


def spot_type(code: str, coin: str) -> str:
    """Return the type of a row of the spot account. One to contracts has its coin, which says to which account."""
    return f"{code}/{coin}" if code in _WITH_COIN and coin in SETTLED_IN else code


def to_account(codes: frozenset[str], coin: str) -> frozenset[str]:
    """Return the types of what was moved to the account of one coin, and back."""
    return frozenset(spot_type(code, coin) for code in codes)


def spot_kind(code: str, *, is_in: bool) -> str:
    """Return the kind of a row of the spot account. Earn has the same codes for in and out at some products."""
    kind = SPOT_KINDS.get(code, OTHER)
    if kind != EARN:
        return kind
    return "earn_out" if is_in else "earn_in"


def _by_code() -> Iterator[tuple[str, str]]:
    for kind, codes in _SPOT.items():
        for code in codes.split():
            yield code, kind
            for coin in SETTLED_IN if code in _WITH_COIN else ():
                yield spot_type(code, coin), kind


SPOT_KINDS: Mapping[str, str] = dict(_by_code())
