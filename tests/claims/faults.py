# ruff: noqa: E501
"""Sentences with a fault in their arithmetic: real faults of published texts in our own words, and planted ones.

(text, writing of the claim that is to be judged, verdict, what should stand there: "" where nobody can know).
"""

FAULTS: tuple[tuple[str, str, str, str], ...] = (
    # real faults (facts of section 4 of the reference)
    (
        "Trong tổng số 41 TCCS đảng có 24 TCCS đảng hoàn thành tốt (58,5%), 15 TCCS đảng hoàn thành nhiệm vụ, 22 TCCS đảng "
        "không hoàn thành, chiếm trên 4,8%.",
        "22 TCCS đảng",
        "wrong",
        "2",
    ),
    ("Đã kết nạp 41 đảng viên, trong đó có 10 đảng viên nữ, chiếm 26,6%.", "26,6%", "wrong", "24,4%"),
    (
        "Năm 2023 kỷ luật 215 đảng viên, trong đó có 47 cấp ủy viên, chiếm 12,8%. Năm 2022 đã kỷ luật 367 đảng viên.",
        "12,8%",
        "doubtful",
        "21,9%",
    ),
    (
        "Giao chỉ tiêu kết nạp 1.905 đảng viên, gồm: Tam Kỳ 600, Hội An 450, Điện Bàn 500, Quế Sơn 400.",
        "1.905 đảng viên",
        "wrong",
        "1.950",
    ),
    ("Kết nạp 350 đảng viên mới, trong đó có 150 nữ, gần 50%.", "gần 50%", "doubtful", "43%"),
    (
        "Trao Huy hiệu từ 30 đến 60 năm tuổi Đảng cho 75 đảng viên, gồm 19 đồng chí 30 năm, 19 đồng chí 40 năm và 37 đồng chí "
        "70 năm tuổi Đảng.",
        "70",
        "wrong",
        "",
    ),
    (
        "Trong tổng số 41 TCCS đảng có 15 TCCS đảng hoàn thành tốt, chiếm 36,7%; 24 TCCS đảng hoàn thành nhiệm vụ, chiếm "
        "58,5%; 2 TCCS đảng không hoàn thành, chiếm 4,8%.",
        "36,7%",
        "doubtful",
        "36,6%",
    ),
    (
        "Đợt này trao 448 Huy hiệu, trong đó 4 Huy hiệu 70 năm, 13 Huy hiệu 60 năm, 430 Huy hiệu 40 năm tuổi Đảng.",
        "448 Huy hiệu",
        "doubtful",
        "447",
    ),
    (
        "Có 62 đảng viên bị kỷ luật, trong đó có 13 đảng viên vi phạm về tài chính, chiếm 20,9%.",
        "20,9%",
        "doubtful",
        "21,0%",
    ),
    ("Chi bộ có 3/7 đảng viên trẻ, chiếm 42,85%.", "42,85%", "doubtful", "42,86%"),
    ("Đã kết nạp 29/51 đảng viên là nữ (56,8%).", "56,8%", "doubtful", "56,9%"),
    (
        "Kết nạp 94 đảng viên: 25 đảng viên loại một (26,5%), 63 đảng viên loại hai và 6 đảng viên khác.",
        "26,5%",
        "doubtful",
        "26,6%",
    ),
    ("Kết nạp 10 đảng viên trong tổng số 54 quần chúng, chiếm 18,51%.", "18,51%", "doubtful", "18,52%"),
    ("Thực hiện Nghị định 56/2005/NĐ-CP ngày 09/6/2015 của Chính phủ.", "56/2005", "wrong", "56/2015"),
    ("Kỷ luật 333 đảng viên, tăng 0,13% so với năm 2012.", "0,13%", "wrong", ""),
    ("Gieo trồng 3.628,7/3.630 ha, đạt 99,9% kế hoạch.", "99,9%", "doubtful", "100,0%"),
    (
        "Ngày 17/01/2024, Hội nghị tổng kết công tác xây dựng Đảng năm 2024 được tổ chức tại huyện.",
        "17/01/2024",
        "doubtful",
        "",
    ),
    (
        "Quế Sơn thu ngân sách quý I\n\nNgày 04/4/2023, huyện họp đánh giá. Quý I năm 2023, thu ngân sách đến ngày "
        "20/3/2022 đạt 216 tỷ đồng.",
        "20/3/2022",
        "doubtful",
        "20/3/2023",
    ),
    # planted: a pair and its percentage
    (
        "Toàn huyện có 51/53 TCCS đảng hoàn thành tốt nhiệm vụ trở lên, đạt 98,11%.",
        "51/53 TCCS đảng",
        "wrong",
        "52",
    ),
    (
        "Toàn huyện có 52/54 TCCS đảng hoàn thành tốt nhiệm vụ trở lên, đạt 98,11%.",
        "52/54 TCCS đảng",
        "wrong",
        "53",
    ),
    (
        "Toàn huyện có 52/53 TCCS đảng hoàn thành tốt nhiệm vụ trở lên, đạt 98,21%.",
        "98,21%",
        "wrong",
        "98,11%",
    ),
    ("Có 199/200 chi bộ hoàn thành nhiệm vụ, đạt 100%.", "100%", "doubtful", "99,5%"),
    ("Đã có 54/53 TCCS đảng hoàn thành tốt nhiệm vụ.", "54/53 TCCS đảng", "wrong", ""),
    (
        "Có trên 98,11% (5.202/5.302) đảng viên học tập nghị quyết; trên 50% (26/52) chi bộ.",
        "trên 50%",
        "wrong",
        "50%",
    ),
    # a part and its whole
    ("Kết nạp 73 đảng viên, trong đó có 13 đảng viên nữ, chiếm 18,7%.", "18,7%", "wrong", "17,8%"),
    ("Đảng bộ có 40 đảng viên được kết nạp, trong đó có 45 nữ.", "45 nữ", "wrong", ""),
    ("Trong 68 đảng viên mới có 83,1% là đoàn viên.", "83,1%", "doubtful", "83,8%"),
    # sums
    (
        "Đợt này có 71 đồng chí được nhận Huy hiệu, gồm 5 đồng chí 60 năm, 27 đồng chí 50 năm và 40 đồng chí 40 năm tuổi Đảng.",
        "71 đồng chí",
        "wrong",
        "72",
    ),
    (
        "Kỷ luật 1.573 đảng viên (khiển trách 692, cảnh cáo 560, cách chức 115, khai trừ 207).",
        "1.573 đảng viên",
        "wrong",
        "1.574",
    ),
    ("Đảng bộ có 787 TCCS đảng, gồm 269 đảng bộ và 528 chi bộ.", "787 TCCS đảng", "wrong", "797"),
    ("Khen thưởng 58 điển hình, gồm 16 tập thể và 32 cá nhân.", "58 điển hình", "wrong", "48"),
    (
        "Xây dựng 274 mô hình, trong đó 194 mô hình kinh tế, còn lại 90 mô hình văn hóa.",
        "274 mô hình",
        "wrong",
        "284",
    ),
    (
        "Toàn huyện có 3.724 đảng viên, trong đó 3.600 đảng viên chính thức và 134 đảng viên dự bị.",
        "3.724 đảng viên",
        "wrong",
        "3.734",
    ),
    ("Kết nạp 88 đảng viên (42 nam, 45 nữ).", "88 đảng viên", "wrong", "87"),
    (
        "Có 53 TCCS đảng được đánh giá, trong đó:\n- Xuất sắc: 10 TCCS đảng;\n- Hoàn thành tốt: 41 TCCS đảng;\n- Hoàn thành nhiệm vụ: 1 TCCS đảng;\n- Không hoàn thành: 0 TCCS đảng.",
        "53 TCCS đảng",
        "wrong",
        "52",
    ),
    (
        "Tặng Giấy khen cho 22 tập thể và 30 cá nhân; tổng cộng 62 tập thể, cá nhân.",
        "62 tập thể",
        "wrong",
        "52",
    ),
    # a total said beside, a share of another count
    (
        "Có 3.300 đảng viên được xếp loại; 561 đảng viên hoàn thành xuất sắc (71%); 2.600 đảng viên hoàn thành tốt (78,79%).",
        "71%",
        "wrong",
        "17%",
    ),
    ("Tỷ lệ đạt 92,74%, tăng 2,12% so với năm trước (91,62%).", "2,12%", "wrong", "1,12%"),
    (
        "Năm 2022 kết nạp 80 đảng viên, năm 2023 kết nạp 88 đảng viên, tăng 12 đảng viên.",
        "12 đảng viên",
        "wrong",
        "8",
    ),
    ("Số đảng viên tăng 69 đồng chí so với đầu năm (từ 4.222 lên 4.318).", "69 đồng chí", "wrong", "96"),
    # targets
    (
        "Kết nạp 109 đảng viên, đạt 121% chỉ tiêu tỉnh giao (90 đảng viên) và đạt 136% chỉ tiêu nghị quyết (75 đảng viên).",
        "136%",
        "wrong",
        "145%",
    ),
    ("Kết nạp 88 đảng viên (chỉ tiêu 85), vượt 5,3%.", "5,3%", "wrong", "3,5%"),
    (
        "Được giao chỉ tiêu kết nạp 85 đảng viên, đã kết nạp 88 đảng viên, đạt 105,3%.",
        "105,3%",
        "wrong",
        "103,5%",
    ),
    ("Kết nạp 88 đảng viên mới, vượt 3,4% so chỉ tiêu tỉnh giao.", "3,4%", "doubtful", ""),
    ("Kết nạp 88 đảng viên mới, vượt 103,5% so chỉ tiêu tỉnh giao.", "103,5%", "doubtful", "3,5%"),
    ("Kết nạp 135 đảng viên mới, đạt 97% so với chỉ tiêu giao 170 đảng viên.", "97%", "wrong", "79%"),
    ("Kết nạp 88/85 đảng viên, vượt 5,3% chỉ tiêu.", "5,3%", "wrong", "3,5%"),
    (
        "Kết nạp 118 đảng viên, vượt chỉ tiêu 28 đảng viên (chỉ tiêu giao 100 đảng viên).",
        "28 đảng viên",
        "wrong",
        "18",
    ),
    # changes
    ("Kỷ luật 215 đảng viên, bằng 58,58% so với cùng kỳ, giảm 31,42%.", "31,42%", "wrong", "41,42%"),
    ("Số đảng viên bị kỷ luật tăng từ 80 lên 62 trường hợp.", "80 lên 62", "wrong", ""),
    ("Số mô hình tăng từ 40 lên 48 mô hình, tăng 18% so với năm trước.", "18%", "wrong", "20%"),
    ("Kỷ luật 49 đảng viên, giảm 2 đảng viên (9,32%) so với cùng kỳ.", "9,32%", "wrong", "3,92%"),
    (
        "Kết nạp 200 đảng viên, tăng 15 đảng viên so với năm 2022 (195 đảng viên).",
        "15 đảng viên",
        "wrong",
        "5",
    ),
    # totals
    ("Kết nạp 88 đảng viên, nâng tổng số đảng viên lên 37 đồng chí.", "37 đồng chí", "doubtful", ""),
    # twice
    (
        "Năm 2023, huyện phát triển đảng viên mới vượt 5,3% so chỉ tiêu giao\n\nTin ở huyện. Năm 2023, Đảng bộ huyện kết nạp 88 "
        "đảng viên mới, vượt 3,5% so chỉ tiêu tỉnh giao.",
        "5,3%",
        "wrong",
        "3,5%",
    ),
    (
        "Hơn 270 mô hình dân vận khéo\n\nNăm qua, toàn huyện xây dựng được 247 mô hình dân vận khéo. Các mô hình đều tốt.\n",
        "Hơn 270 mô hình",
        "wrong",
        "247",
    ),
    ("Trao tặng 02 (ba) suất quà cho gia đình chính sách.", "02 (ba", "wrong", "03"),
    # dates and spans
    ("Kỷ niệm 134 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2023).", "134", "wrong", "133"),
    ("Ngày 31/11/2023, Huyện ủy họp.", "31/11/2023", "wrong", ""),
    ("Nghị quyết Đại hội nhiệm kỳ 2025-2020.", "2025-2020", "wrong", ""),
    (
        "Ngày 28/12/2023, Huyện ủy tổ chức Hội nghị tổng kết công tác xây dựng Đảng năm 2023; triển khai nhiệm vụ năm 2025.",
        "2025",
        "wrong",
        "2024",
    ),
    (
        "Ngày 28/9/2023, Huyện ủy tổ chức Hội nghị tổng kết công tác xây dựng Đảng năm 2023.",
        "28/9/2023",
        "doubtful",
        "",
    ),
    # hundred
    (
        "Kết quả xếp loại: hoàn thành xuất sắc 13%, hoàn thành tốt 82,42%, hoàn thành nhiệm vụ 5,84%, không hoàn thành 0,73%.",
        "13%",
        "wrong",
        "",
    ),
    ("Toàn quốc kết nạp 112,900 đảng viên mới.", "112,900 đảng viên mới", "doubtful", "112.900"),
)
