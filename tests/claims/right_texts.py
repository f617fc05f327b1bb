# ruff: noqa: E501
"""Sentences with true arithmetic, in the manner of year-end texts; every one must pass without a word of doubt.

The figures are those of published texts; the wording is our own.
"""

RIGHT: tuple[str, ...] = (
    # of a total, printed per cent
    "Toàn huyện có 52/53 TCCS đảng hoàn thành tốt nhiệm vụ trở lên, đạt 98,11%.",
    "Kết quả có 925/962 chi bộ được xếp loại hoàn thành tốt nhiệm vụ, đạt 96,15%.",
    "Đã đánh giá 51.985/52.105 đảng viên, đạt tỷ lệ 99,8%.",
    "Có 4.336/4.371 đảng viên tham gia học tập (99,2%).",
    "Số chi bộ tổ chức xong đại hội là 37/38, chiếm 97%.",
    "Kết nạp 73 đảng viên, trong đó có 13 đảng viên là nữ, chiếm 17,8%.",
    "Đã có 58,5% (24/41) tổ chức cơ sở đảng đạt trong sạch vững mạnh.",
    "Trong tổng số 41 TCCS đảng có 24 TCCS đảng hoàn thành tốt, chiếm gần 59%.",
    "Đánh giá 117/120 TCCS đảng; trong đó 15 TCCS đảng hoàn thành xuất sắc, chiếm 12,82%; 53 TCCS đảng hoàn thành tốt, "
    "chiếm 45,3%; 39 TCCS đảng hoàn thành nhiệm vụ, chiếm 33,33%.",
    "Trong 68 đảng viên mới kết nạp có 69% là nữ, 83,8% là đoàn viên, 64,7% có trình độ đại học.",
    "Có 21/28 chi bộ đạt chuẩn, 15/17 đảng bộ hoàn thành tốt, 162/970 đảng viên hoàn thành xuất sắc.",
    "Đảng bộ xã kết nạp được 8/7 đảng viên theo chỉ tiêu giao, đảng bộ thị trấn 6/7 đảng viên.",
    "Toàn Đảng bộ có 1.083 đảng viên mới, trong đó 75,9% là đảng viên ở nông thôn và 24,1% ở thành thị.",
    "Có 10/52 TCCS đảng hoàn thành xuất sắc nhiệm vụ, chiếm 19,2% số TCCS đảng hoàn thành tốt nhiệm vụ trở lên.",
    "Năm qua có 22/27 chỉ tiêu đạt và vượt kế hoạch, chiếm 81,5%.",
    # against a target
    "Năm 2023, Đảng bộ huyện kết nạp 88 đảng viên mới, vượt 3,5% so chỉ tiêu tỉnh giao.",
    "Đã phát triển 41 đảng viên, đạt 82% chỉ tiêu năm.",
    "Sáu tháng đầu năm kết nạp được 46 đảng viên, đạt 38,33% kế hoạch.",
    "Kết nạp 75 đảng viên, đạt 101% chỉ tiêu Thành ủy giao.",
    "Toàn huyện kết nạp 135 đảng viên mới, đạt 79% so với chỉ tiêu giao 170 đảng viên.",
    "Toàn tỉnh kết nạp 1.988 đảng viên, đạt 94,7% kế hoạch năm.",
    "Kết nạp 68 đảng viên, bằng 34% chỉ tiêu nghị quyết.",
    "Kết nạp 118 đảng viên, vượt chỉ tiêu 18 đảng viên.",
    "Năm 2022 huyện kết nạp 109 đảng viên, đạt 121% chỉ tiêu tỉnh giao và đạt 145% chỉ tiêu nghị quyết.",
    "Trong quý I đã kết nạp 13 đảng viên, đạt 15,3% chỉ tiêu cả năm.",
    "Quý I năm 2024 kết nạp 23 đảng viên, đạt 26,4% chỉ tiêu.",
    "Kết nạp 241 đảng viên, đạt 160% chỉ tiêu; 147 đảng viên, đạt 122% kế hoạch; 123 đảng viên, đạt 102% kế hoạch.",
    "Phát triển 100 đảng viên, đạt trên 111% kế hoạch.",
    "Kết nạp 187 đảng viên, đạt 24,93% chỉ tiêu năm.",
    # changes
    "Thi hành kỷ luật 62 đảng viên, giảm 18 đảng viên so với cùng kỳ.",
    "Kết nạp 200 đảng viên mới, tăng 5 đảng viên so với năm 2022.",
    "Toàn tỉnh kỷ luật 215 đảng viên, bằng 58,58% so với cùng kỳ.",
    "Xử lý kỷ luật 57 đảng viên, bằng 71,25% so với cùng kỳ năm trước.",
    "Có 45,3% TCCS đảng hoàn thành tốt, tăng 0,86% so với năm trước.",
    "Tỷ lệ hộ nghèo còn 7,68%, giảm 2,09% so với năm 2021.",
    "Thi hành kỷ luật 49 đảng viên, giảm 2 đảng viên, tỷ lệ 3,92%.",
    "Thu nhập bình quân tăng từ 44,2 triệu đồng lên 48,4 triệu đồng.",
    "Kết nạp 93 đảng viên, tăng 5 đảng viên (3 nữ); khen thưởng 12 đảng viên, giảm 2 đảng viên so với năm 2022 (14 đảng viên).",
    "Kết nạp 118 đảng viên, vượt chỉ tiêu 18 đảng viên (12 nữ).",
    # new totals
    "Kết nạp 88 đảng viên mới, nâng tổng số đảng viên toàn Đảng bộ lên 3.724 đồng chí.",
    "Trong năm kết nạp 192 đảng viên và công nhận chính thức 148 đảng viên, đưa tổng số đảng viên lên 3.800 đồng chí.",
    # parts
    "Đợt này có 71 đồng chí được nhận Huy hiệu, gồm 5 đồng chí 60 năm, 26 đồng chí 50 năm và 40 đồng chí 40 năm tuổi Đảng.",
    "Trao Huy hiệu Đảng cho 66 đảng viên, trong đó: 2 đồng chí 75 năm; 1 đồng chí 70 năm; 11 đồng chí 65 năm; 3 đồng chí "
    "60 năm; 8 đồng chí 55 năm; 25 đồng chí 50 năm; 16 đồng chí 40 năm tuổi Đảng.",
    "Thi hành kỷ luật 1.574 đảng viên (khiển trách 692, cảnh cáo 560, cách chức 115, khai trừ 207).",
    "Kỷ luật 7.056 đảng viên, trong đó khiển trách 5.486, cảnh cáo 1.057, cách chức 152, khai trừ 361 trường hợp.",
    "Xử lý kỷ luật 1.616 đảng viên bằng các hình thức: khiển trách 1.221, cảnh cáo 218, cách chức 12, khai trừ 165.",
    "Đảng bộ tỉnh có 787 tổ chức cơ sở đảng, gồm 269 đảng bộ và 518 chi bộ.",
    "Toàn tỉnh hiện có 755 TCCS đảng (369 đảng bộ cơ sở, 386 chi bộ cơ sở).",
    "Khen thưởng 58 điển hình, gồm 16 tập thể và 42 cá nhân.",
    "Trong năm xây dựng 274 mô hình, trong đó 194 mô hình kinh tế, còn lại 80 mô hình văn hóa.",
    "Biểu dương 201 mô hình, gồm 147 mô hình tập thể và 54 mô hình cá nhân.",
    "Đã khen thưởng 87 lượt, gồm 31 lượt tập thể, 46 lượt hộ gia đình và 10 lượt cá nhân.",
    "Cả nước trao 2.430 Huy hiệu, trong đó 23 Huy hiệu 75 năm, 5 Huy hiệu 80 năm, 10 Huy hiệu 70 năm, còn lại là các loại khác.",
    "Kỷ luật 313 đảng viên, trong đó khiển trách 45, cảnh cáo 6, cách chức 61…",
    "Toàn tỉnh có 8.159 đảng viên, gồm 6.659 đảng viên được xếp loại, 1.388 đảng viên miễn đánh giá và 112 đảng viên chưa đánh giá.",
    "Trong năm có 40 đảng viên được tặng Huy hiệu: 22 đồng chí 30 năm, 14 đồng chí 40 năm, 3 đồng chí 50 năm, 1 đồng chí 60 năm.",
    "Có 116 đồng chí được nhận Huy hiệu gồm 14 đồng chí 60 năm, 28 đồng chí 50 năm và 74 đồng chí 40 năm tuổi Đảng.",
    "Phát hiện 14 đảng viên vi phạm, trong đó có 9 cấp ủy viên và 05 đảng viên.",
    "Đã kết nạp 88 đảng viên mới, trong đó có 45 nữ, 60 đoàn viên, 12 dân tộc thiểu số.",
    "Kết nạp 120 đảng viên, trong đó nữ 55 đồng chí (45,83%), đoàn viên 80 đồng chí (66,67%).",
    # ratings
    "Kết quả xếp loại: hoàn thành xuất sắc 13%, hoàn thành tốt 80,42%, hoàn thành nhiệm vụ 5,84%, không hoàn thành 0,73%.",
    "Có 11,3% hoàn thành xuất sắc nhiệm vụ, 75,5% hoàn thành tốt nhiệm vụ, 12,7% hoàn thành nhiệm vụ và 0,5% không hoàn "
    "thành nhiệm vụ.",
    "Đánh giá 53 TCCS đảng: 10 TCCS đảng hoàn thành xuất sắc (18,87%), 42 TCCS đảng hoàn thành tốt (79,25%), 1 TCCS đảng "
    "hoàn thành nhiệm vụ (1,89%), không có TCCS đảng không hoàn thành nhiệm vụ.",
    # bounds
    "Có 81,6% (40/49) chi bộ đạt loại tốt.",
    "Trên 93% đảng viên hoàn thành tốt nhiệm vụ trở lên, trong đó có hơn 17% đảng viên hoàn thành xuất sắc nhiệm vụ.",
    "Hơn 270 mô hình dân vận khéo\n\nNăm qua, toàn huyện xây dựng được 274 mô hình dân vận khéo. Các mô hình đều có hiệu quả.\n",
    # spans, dates, codes
    "Kỷ niệm 133 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2023), các đợt 3/2, 19/5, 2/9 và 7/11 được tổ chức.",
    "Chào mừng 94 năm Ngày thành lập Đảng (3/2/1930 – 3/2/2024).",
    "Kỷ niệm 88 năm ngày truyền thống (1930 - 2018), nhiệm kỳ 2020-2025.",
    "Sáng 30.8, Huyện ủy tổ chức hội nghị lần thứ 11, khóa XXV; thực hiện Quy định số 138-QĐ/TW và Nghị định 56/2015/NĐ-CP "
    "ngày 09/6/2015.",
    "Chiều ngày 28/12/2023, Huyện ủy tổ chức Hội nghị tổng kết công tác xây dựng Đảng năm 2023; triển khai nhiệm vụ năm 2024.",
    "Kiểm tra 239 tổ chức và 61 đảng viên, giám sát 1.472 tổ chức và 582 đảng viên.",
    "Hội nghị khen thưởng 43 tập thể và 38 cá nhân.",
    "Năm 2024 phấn đấu kết nạp ít nhất 90 đảng viên, 100% chi bộ hoàn thành nhiệm vụ.",
    "Tổng thu ngân sách đạt 8.057 tỷ 265 triệu đồng, thu nhập bình quân 48,4 triệu đồng/người/năm.",
    "Tổ chức 274 lớp cho 23.450 lượt người tham gia.",
    "Trao tặng 02 (hai) suất quà cho hai mươi gia đình chính sách.",
    "Chi bộ khối 6 và Điều 32 được nêu trong 5 không, 3 sạch.",
    "Kết nạp 333 đảng viên, trong đó khiển trách 0.",
)
