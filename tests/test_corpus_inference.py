"""The NLI cross-encoder: a tiny one is built here with random weights, because none can be shipped."""

from __future__ import annotations

import pytest

from corpus.errors import EncoderError
from corpus.inference import CrossEncoderInference, Entailment, inference_fingerprint, inference_for

LABELS = {0: "contradiction", 1: "entailment", 2: "neutral"}


def built(folder, labels):
    """Write a cross-encoder of one small layer with random weights, and return its folder."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "pain", "fell", "not"]
    special = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token"), words, strict=False))
    tokenizer = Tokenizer(WordLevel({w: n for n, w in enumerate(words)}, unk_token=words[1]))
    tokenizer.pre_tokenizer = Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        max_position_embeddings=64, num_labels=len(labels), id2label=labels, label2id={v: k for k, v in labels.items()},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    fast.save_pretrained(folder)
    return str(folder)


@pytest.mark.slow
def test_a_model_that_is_not_sure_has_no_verdict(tmp_path):
    model = CrossEncoderInference(built(tmp_path, LABELS))
    assert model.infer("pain fell", "pain not fell") is Entailment.NEUTRAL  # random weights are sure of nothing


@pytest.mark.slow
def test_a_verdict_is_the_label_of_the_highest_score(tmp_path):
    model = CrossEncoderInference(built(tmp_path, LABELS))
    model.infer("pain fell", "pain fell")
    model._model.model.classifier.bias.data[1] += 50
    assert model.infer("pain fell", "pain fell") is Entailment.ENTAILED


@pytest.mark.slow
def test_a_model_with_other_labels_is_refused(tmp_path):
    model = CrossEncoderInference(built(tmp_path, {0: "bad", 1: "good", 2: "fair"}))
    with pytest.raises(EncoderError, match="expected the labels entailment, contradiction, neutral"):
        model.infer("pain fell", "pain fell")


@pytest.mark.slow
def test_a_model_that_is_not_on_the_machine_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(EncoderError, match="set COUNTERPOINT_NLI_MODEL to its folder, or leave it out"):
        CrossEncoderInference(str(tmp_path / "nothing")).infer("a", "b")


def test_no_model_is_used_where_none_is_configured():
    assert inference_for(None) is None
    assert inference_for("some-model") is inference_for("some-model")


def test_the_fingerprint_of_a_folder_follows_its_files(tmp_path):
    assert inference_fingerprint(None) == "none"
    assert inference_fingerprint("a-name") == "a-name"
    before = inference_fingerprint(str(tmp_path))
    (tmp_path / "weights").write_text("x")
    assert inference_fingerprint(str(tmp_path)) != before
